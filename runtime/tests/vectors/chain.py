"""Writes chain.jsonl: whom the official Python package takes in situations that we make up.

It runs the default chain of `alibabacloud_credentials` 1.0.12 once for each situation, in a process of its
own, with the hosts of its calls led to a server on this machine that says what the situation tells it to.
What our chain does otherwise stands in the lines already, as `ours` and `because`, and is kept.

    python chain.py
"""
import http.server, json, os, pathlib, subprocess, sys, tempfile, threading, urllib.parse

HERE = pathlib.Path(__file__).parent
LATER, BEFORE = 4102444800, 1700000000
SECRET, TOKEN = "planted-secret", "planted-token"
E = "ALIBABA_CLOUD_"
KEY = {E + "ACCESS_KEY_ID": "env", E + "ACCESS_KEY_SECRET": SECRET}
ROLE, PROVIDER = "acs:ram::1:role/", "acs:ram::1:oidc-provider/p"
OIDC = {E + "ROLE_ARN": ROLE + "pod", E + "OIDC_PROVIDER_ARN": PROVIDER, E + "OIDC_TOKEN_FILE": "~/token"}
URI = {E + "CREDENTIALS_URI": "http://keys.example:8080/keys?for=me"}
CLI, INI, OLD = "~/.aliyun/config.json", "~/.alibabacloud/credentials.ini", "~/.alibabacloud/credentials"
TOKEN_FILE = {"~/token": "planted-jwt"}


def cli(*profiles, **more):
    return {CLI: json.dumps({"profiles": list(profiles), **more})}


def profile(name, mode, **more):
    return {"name": name, "mode": mode, **more}


def ak(name="default", id="cli"):
    return profile(name, "AK", access_key_id=id, access_key_secret=SECRET)


def ini(text, path=INI):
    return {path: text.replace("SECRET", SECRET)}


INI_KEY = "[default]\ntype = access_key\naccess_key_id = ini\naccess_key_secret = SECRET\n"
ROLE_PROFILE = dict(access_key_id="cli", access_key_secret=SECRET, ram_role_arn=ROLE + "r")
SSO = dict(cloud_sso_sign_in_url="https://signin.example/device/login", cloud_sso_account_id="1",
           cloud_sso_access_config="c", access_token="planted-a", cloud_sso_access_token_expire=LATER)
KEPT = dict(access_key_id="kept", access_key_secret=SECRET, sts_token=TOKEN)
OAUTH = dict(oauth_access_token="planted-b", oauth_access_token_expire=LATER, oauth_site_type="CN")


def situations():
    def at(name, env=None, files=None, **servers):
        return {"name": name, "env": env or {}, "files": files or {}, **servers}

    current = {"current": "default"}
    yield at("nothing")
    # The environment.
    yield at("a key", KEY)
    yield at("a key with a token", {**KEY, E + "SECURITY_TOKEN": TOKEN})
    yield at("a key with an empty token", {**KEY, E + "SECURITY_TOKEN": ""})
    yield at("an id without a secret", {E + "ACCESS_KEY_ID": "env"}, cli(ak(), **current))
    yield at("a secret without an id", {E + "ACCESS_KEY_SECRET": SECRET}, cli(ak(), **current))
    yield at("an empty id", {**KEY, E + "ACCESS_KEY_ID": ""}, cli(ak(), **current))
    yield at("a key before everything", {**KEY, **OIDC, **URI}, {**TOKEN_FILE, **cli(ak(), **current)},
             metadata="v2", sts="ok", uri="ok")
    # A pod.
    yield at("a pod", OIDC, TOKEN_FILE, sts="ok")
    yield at("a pod before files", OIDC, {**TOKEN_FILE, **cli(ak(), **current)}, sts="ok")
    yield at("a pod with a session", {**OIDC, E + "ROLE_SESSION_NAME": "me"}, TOKEN_FILE, sts="ok")
    yield at("a pod in a region", {**OIDC, E + "STS_REGION": "cn-beijing"}, TOKEN_FILE, sts="ok")
    vpc = {E + "VPC_ENDPOINT_ENABLED": "true"}
    yield at("a pod in a VPC", {**OIDC, **vpc, E + "STS_REGION": "cn-beijing"}, TOKEN_FILE, sts="ok")
    yield at("a pod in a VPC of no region", {**OIDC, **vpc}, TOKEN_FILE, sts="ok")
    for missing in OIDC:
        yield at(f"a pod without {missing}", {**OIDC, missing: ""}, {**TOKEN_FILE, **cli(ak(), **current)}, sts="ok")
    yield at("a pod without a token", OIDC, sts="ok")
    for sts in ["refused", "garbage", "off", "empty", "expired"]:
        yield at(f"a pod whose STS is {sts}", OIDC, TOKEN_FILE, sts=sts)
    yield at("a pod that is refused, with a file", OIDC, {**TOKEN_FILE, **cli(ak(), **current)}, sts="refused")
    # Profiles.
    yield at("a profile", files=cli(ak(), **current))
    yield at("a current profile", files=cli(ak(), ak("work", "work"), current="work"))
    yield at("a named profile", {E + "PROFILE": "work"}, cli(ak(), ak("work", "work"), **current))
    yield at("a profile that is not there", {E + "PROFILE": "none"}, cli(ak(), **current))
    yield at("no current profile", files=cli(ak()))
    yield at("profiles that are left out", {E + "CLI_PROFILE_DISABLED": "true"}, {**cli(ak(), **current), **ini(INI_KEY)})
    yield at("profiles that are left out in capitals", {E + "CLI_PROFILE_DISABLED": "TRUE"}, cli(ak(), **current))
    yield at("profiles that are not left out", {E + "CLI_PROFILE_DISABLED": "false"}, cli(ak(), **current))
    yield at("profiles elsewhere", {E + "CONFIG_FILE": "~/other.json"}, {"~/other.json": cli(ak(), **current)[CLI]})
    yield at("a profile file that is none", files={CLI: "{", **ini(INI_KEY)})
    yield at("a profile file that is empty", files={CLI: "", **ini(INI_KEY)})
    yield at("a profile without keys", files={**cli(profile("default", "AK"), **current), **ini(INI_KEY)})
    yield at("a profile with a token", files=cli(profile("default", "StsToken", **KEPT), **current))
    yield at("a profile with a token that ended",
             files=cli(profile("default", "StsToken", **KEPT, sts_expiration=BEFORE), **current))
    yield at("a profile without its token", files={**cli(profile("default", "StsToken", access_key_id="x", access_key_secret=SECRET), **current), **ini(INI_KEY)})
    yield at("a profile of no mode", files=cli({"name": "default", "access_key_id": "cli", "access_key_secret": SECRET}, **current))
    yield at("a profile of a mode that nobody knows", files=cli(profile("default", "Odd"), **current))
    yield at("a profile with a key pair", files=cli(profile("default", "RsaKeyPair"), **current))
    yield at("a role", files=cli(profile("default", "RamRoleArn", **ROLE_PROFILE), **current), sts="ok")
    yield at("a role with everything", files=cli(profile("default", "RamRoleArn", **ROLE_PROFILE, ram_session_name="me",
             expired_seconds=900, policy="{}", external_id="4711", sts_region="cn-shanghai", enable_vpc=True), **current), sts="ok")
    yield at("a role in the region of the environment", {E + "STS_REGION": "cn-beijing"},
             cli(profile("default", "RamRoleArn", **ROLE_PROFILE, enable_vpc=False), **current), sts="ok")
    yield at("a role that is too short", files=cli(profile("default", "RamRoleArn", **ROLE_PROFILE, expired_seconds=60), **current), sts="ok")
    yield at("a role that is refused", files={**cli(profile("default", "RamRoleArn", **ROLE_PROFILE), **current), **ini(INI_KEY)}, sts="refused")
    yield at("a role of nobody", files=cli(profile("default", "RamRoleArn", ram_role_arn=ROLE + "r"), **current), sts="ok")
    yield at("a role without a name", files=cli(profile("default", "RamRoleArn", access_key_id="cli", access_key_secret=SECRET), **current), sts="ok")
    yield at("a role that the environment names", {E + "ROLE_ARN": ROLE + "env", E + "ROLE_SESSION_NAME": "me"},
             cli(profile("default", "RamRoleArn", access_key_id="cli", access_key_secret=SECRET), **current), sts="ok")
    chained = profile("default", "ChainableRamRoleArn", source_profile="work", ram_role_arn=ROLE + "second")
    yield at("roles one after the other", files=cli(chained, profile("work", "RamRoleArn", **ROLE_PROFILE), **current), sts="ok")
    yield at("a role after a key", files=cli(chained, ak("work"), **current), sts="ok")
    yield at("a role after an instance", files=cli(chained, profile("work", "EcsRamRole"), **current), sts="ok", metadata="v2")
    yield at("a role after nobody", files=cli(chained, **current), sts="ok")
    yield at("roles in a circle", files=cli({**chained, "source_profile": "default"}, **current), sts="ok")
    yield at("a profile of the instance", files=cli(profile("default", "EcsRamRole", ram_role_name="named"), **current), metadata="v2")
    yield at("a profile of the instance's only role", files=cli(profile("default", "EcsRamRole"), **current), metadata="v2")
    yield at("a profile of an instance that is none", files={**cli(profile("default", "EcsRamRole"), **current), **ini(INI_KEY)})
    yield at("a profile of an instance that is switched off", {E + "ECS_METADATA_DISABLED": "true"},
             cli(profile("default", "EcsRamRole"), **current), metadata="v2")
    oidc = dict(ram_role_arn=ROLE + "p", oidc_provider_arn=PROVIDER, oidc_token_file="HOME/token", role_session_name="me")
    yield at("a profile with a token of a provider", files={**cli(profile("default", "OIDC", **oidc), **current), **TOKEN_FILE}, sts="ok")
    yield at("a profile without its provider", files=cli(profile("default", "OIDC", ram_role_arn=ROLE + "p"), **current), sts="ok")
    prints = lambda what: cli(profile("default", "External", process_command="cat HOME/printed"), **current) | {"~/printed": what}
    printed = {"mode": "AK", "access_key_id": "printed", "access_key_secret": SECRET}
    yield at("a program", files=prints(json.dumps(printed)))
    yield at("a program with a token", files=prints(json.dumps({**printed, "mode": "StsToken", "sts_token": TOKEN, "expiration": "2099-01-01T00:00:00Z"})))
    yield at("a program without its token", files=prints(json.dumps({**printed, "mode": "StsToken"})))
    yield at("a program that prints nothing", files=prints(""))
    yield at("a program that is not there", files=cli(profile("default", "External", process_command="/nowhere/x"), **current))
    yield at("no program", files=cli(profile("default", "External"), **current))
    yield at("a login", files=cli(profile("default", "CloudSSO", **SSO), **current), sso="ok")
    yield at("a login with keys", files=cli(profile("default", "CloudSSO", **SSO, **KEPT, sts_expiration=LATER), **current), sso="ok")
    yield at("a login with keys that ended", files=cli(profile("default", "CloudSSO", **SSO, **KEPT, sts_expiration=BEFORE), **current), sso="ok")
    yield at("a login that ended", files=cli(profile("default", "CloudSSO", **{**SSO, "cloud_sso_access_token_expire": BEFORE}), **current), sso="ok")
    yield at("a login that is refused", files=cli(profile("default", "CloudSSO", **SSO), **current), sso="refused")
    yield at("OAuth with keys", files=cli(profile("default", "OAuth", **OAUTH, **KEPT, sts_expiration=LATER), **current))
    yield at("OAuth with keys that ended", files=cli(profile("default", "OAuth", **OAUTH, **KEPT, sts_expiration=BEFORE), **current), oauth="ok")
    yield at("OAuth of no site", files=cli(profile("default", "OAuth", **{**OAUTH, "oauth_site_type": "MARS"}), **current), oauth="ok")
    yield at("OAuth that is refused", files=cli(profile("default", "OAuth", **OAUTH), **current), oauth="refused")
    # The shared file.
    yield at("a section", files=ini(INI_KEY))
    yield at("a section in the other file", files=ini(INI_KEY, OLD))
    yield at("a section elsewhere", {E + "CREDENTIALS_FILE": "~/keys"}, ini(INI_KEY, "~/keys"))
    yield at("a named section", {E + "PROFILE": "work"}, ini(INI_KEY.replace("default", "work")))
    yield at("a section that is switched off", files=ini(INI_KEY + "enable = false\n"))
    yield at("a section with a comment", files=ini(INI_KEY.replace("= ini", "= ini # mine")))
    yield at("a section of no type", files=ini(INI_KEY.replace("type = access_key\n", "")))
    yield at("a section of a type that nobody knows", files=ini(INI_KEY.replace("access_key\n", "odd\n", 1)))
    yield at("a section without a secret", files=ini("[default]\ntype = access_key\naccess_key_id = ini\n"))
    yield at("a section with a token", files=ini(INI_KEY.replace("access_key\n", "sts\n", 1) + "security_token = planted-token\n"))
    role = INI_KEY.replace("access_key\n", "ram_role_arn\n", 1) + f"role_arn = {ROLE}i\nrole_session_name = me\npolicy = {{}}\n"
    yield at("a section with a role", files=ini(role), sts="ok")
    yield at("a section with a role that is refused", files=ini(role), sts="refused", uri="ok", env=URI)
    yield at("a section with a policy of two lines", files=ini(role.replace("{}", "{\n  }")), sts="ok")
    yield at("a section with a token of a provider", files={**TOKEN_FILE, **ini(f"[default]\ntype = oidc_role_arn\nrole_arn = {ROLE}i\noidc_provider_arn = {PROVIDER}\noidc_token_file_path = HOME/token\n")}, sts="ok")
    yield at("a section of the instance", files=ini("[default]\ntype = ecs_ram_role\nrole_name = named\n"), metadata="v2")
    yield at("a section with a key pair", files=ini("[default]\ntype = rsa_key_pair\npublic_key_id = x\nprivate_key_file = HOME/none\n"))
    # The instance.
    for metadata in ["v2", "v1", "norole", "garbage", "failed", "expired"]:
        yield at(f"an instance, {metadata}", metadata=metadata)
    yield at("an instance whose role is named", {E + "ECS_METADATA": "named"}, metadata="v2")
    yield at("an instance whose role is named, and is not there", {E + "ECS_METADATA": "named", **URI}, uri="ok")
    yield at("an instance that is switched off", {E + "ECS_METADATA_DISABLED": "TRUE"}, metadata="v2")
    yield at("an instance that forbids the old way", {E + "IMDSV1_DISABLED": "true"}, metadata="v1")
    yield at("an instance of the new way alone", {E + "IMDSV1_DISABLED": "true"}, metadata="v2")
    yield at("an instance before a server", URI, metadata="v2", uri="ok")
    yield at("an instance that fails before a server", URI, metadata="failed", uri="ok")
    # The server.
    for uri in ["ok", "refused", "garbage", "failed", "empty", "off", "expired"]:
        yield at(f"a server, {uri}", URI, uri=uri)
    yield at("a server, the instance switched off", {**URI, E + "ECS_METADATA_DISABLED": "true"}, uri="ok")


def keys(id, end="2099-01-01T00:00:00Z"):
    return {"Code": "Success", "AccessKeyId": id, "AccessKeySecret": SECRET, "SecurityToken": TOKEN, "Expiration": end}


def answer(row, host, method, path, query, headers):
    """What a server says: a status, and a text or what is written as JSON."""
    def of(kind, wrap, id):
        return {"ok": (200, wrap(keys(id))), "refused": (403, {"Code": "Forbidden", "Message": "no"}), "garbage": (200, "<html>"),
                "failed": (200, {**wrap(keys(id)), "Code": "Failed"}), "empty": (200, wrap({"Code": "Success"})),
                "expired": (200, wrap(keys(id, "2020-01-01T00:00:00Z")))}[kind]
    if host == "100.100.100.200":
        kind = row["metadata"]
        if kind == "garbage":
            return 200, "<html>"
        if method == "PUT":
            return (404, "") if kind == "v1" else (200, "session")
        if kind not in ("v1", "garbage") and headers.get("x-aliyun-ecs-metadata-token") != "session":
            return 403, ""
        role = path.rsplit("/", 1)[1]
        if kind == "norole":
            return 404, ""
        if not role:
            return 200, "web"
        return of({"v2": "ok", "v1": "ok"}.get(kind, kind), lambda keys: keys, f"STS.instance:{role}")
    if host.startswith("sts"):
        name = query["RoleSessionName"]
        parts = [query["RoleArn"].rsplit("/", 1)[1], "*" if name.startswith("credentials-python-") else name,
                 query["DurationSeconds"], query.get("ExternalId", "-"), "".join(query.get("Policy", "-").split())]
        id = f"STS.{query['Action']}@{host}:{','.join(parts)}<{query.get('AccessKeyId', 'token')}"
        return of(row["sts"], lambda keys: {"Credentials": keys}, id)
    if host == "signin.example":
        return of(row["sso"], lambda keys: {"CloudCredential": keys}, "STS.sso")
    if host == "oauth.aliyun.com":
        return of(row["oauth"], lambda keys: keys, "STS.oauth")
    return of(row["uri"], lambda keys: keys, f"STS.server:{path}")


def serve(row):
    class Handler(http.server.BaseHTTPRequestHandler):
        def handle_any(self):
            url = urllib.parse.urlsplit(self.path)
            query = dict(urllib.parse.parse_qsl(url.query))
            self.rfile.read(int(self.headers.get("content-length") or 0))
            status, body = answer(row, self.headers["x-was"], self.command, url.path, query, self.headers)
            body = (body if isinstance(body, str) else json.dumps(body)).encode()
            self.send_response(status)
            self.send_header("content-length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)
        do_GET = do_PUT = do_POST = handle_any
        def log_message(self, *_): pass
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server.server_port


def official(row):
    """Runs the official chain; to be called once in a process."""
    port = serve(row)
    from Tea.core import TeaCore
    send = TeaCore.do_action

    def led_here(request, options=None):
        host = request.headers["host"]
        kind = {"100.100.100.200": "metadata", "signin.example": "sso", "oauth.aliyun.com": "oauth"}.get(host)
        kind = kind or ("sts" if host.startswith("sts") else "uri")
        is_there = row.get(kind, "off") != "off"
        request.headers.update({"host": "127.0.0.1", "x-was": host})
        request.protocol, request.port = "http", port if is_there else 1
        return send(request, options)
    TeaCore.do_action = staticmethod(led_here)
    try:
        from alibabacloud_credentials.provider import DefaultCredentialsProvider
        found = DefaultCredentialsProvider().get_credentials()
        return {"id": found.get_access_key_id(), "token": bool(found.get_security_token())}
    except Exception:
        return None


def run(row):
    with tempfile.TemporaryDirectory() as home:
        place = lambda text: text.replace("~/", home + "/").replace("HOME/", home + "/")
        for path, text in row["files"].items():
            path = pathlib.Path(place(path))
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text.replace("HOME/", home + "/"))
        env = {name: place(value) for name, value in row["env"].items()}
        run = subprocess.run([sys.executable, __file__, "one"], input=json.dumps(row), text=True, capture_output=True,
                             env={**env, "HOME": home, "PATH": os.environ["PATH"]}, timeout=60)
        return json.loads(run.stdout.splitlines()[-1])


if sys.argv[1:] == ["one"]:
    print("\n" + json.dumps(official(json.load(sys.stdin))))
    sys.stdout.flush()
    os._exit(0)

table = HERE / "chain.jsonl"
before = [json.loads(line) for line in table.read_text().splitlines()] if table.exists() else []
before = {row["name"]: {name: row[name] for name in ("ours", "because") if name in row} for row in before}
with open(table, "w") as lines:
    for row in situations():
        row = {**row, "official": run(row), **before.get(row["name"], {})}
        print(json.dumps(row, ensure_ascii=False), file=lines, flush=True)
