"""Watches what the client sends and checks each answer against the server's own OpenAPI document."""

import inspect
import json
import re
import sys
from collections import defaultdict
from pathlib import Path

import requests
from jsonschema import Draft202012Validator
from xplainable_client.client.base import BaseClient, XplainableAPIError

PACKAGE = "xplainable_client.client."
# Parts of the client that only carry a call.
CARRIERS = (".base", ".utils.inference_direct", ".utils.mcp_markers")
ROUTES = [line.split() for line in (Path(__file__).parent / "routes.txt").read_text().splitlines()]

# Methods of the client that send nothing to the server, or not to this one.
LOCAL = {
    "preprocessing.list_available_transformers",
    "reports.available_widgets",
    "misc.get_version_info",
    "misc.get_xplainable_version",
    "datasets.load_dataset",  # fetches from the original's public storage
    "preprocessing.create_from_pipeline",  # refuses by itself; the server's own refusal is asked for besides
}


class Record:
    """Every request of this process: its route, its statuses, and which method of the client sent it."""

    def __init__(self, url, key):
        self.url = url
        self.senders = defaultdict(set)
        self.answers = defaultdict(set)
        self.methods = set()
        self.plain = requests.Session()
        self.plain.headers["api_key"] = key
        self.document = self.plain.get(f"{url}/openapi.json").json()
        # A route without parameters comes before one that it would match too.
        paths = sorted(self.document["paths"], key=lambda path: path.count("{"))
        self.patterns = [(path, re.compile(re.sub(r"\\{\w+\\}", "[^/]+", re.escape(path)) + "$")) for path in paths]

    def watch(self):
        """From here on every request of the process is seen, whoever sends it."""
        send = requests.Session.send

        def watched(session, request, **options):
            response = send(session, request, **options)
            if request.url.startswith(self.url):
                self.note(request, response)
            return response

        requests.Session.send = watched

    def note(self, request, response):
        path = request.path_url.split("?")[0]
        route = next((path_of for path_of, pattern in self.patterns if pattern.match(path) and request.method.lower() in self.document["paths"][path_of]), None)
        sender = self.sender()
        code = None if response.ok else response.json()["error"]["code"]
        if route is None:
            assert (response.status_code, code) == (404, "NOT_OFFERED"), (request.method, path, response.status_code, response.text)
            assert response.json()["error"]["suggestion"], response.text
        else:
            self.check(request.method, route, response)
        key = (request.method, route or re.sub(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", "{id}", path))
        self.senders[key].add(sender)
        self.answers[key].add(f"{response.status_code}" + ("" if code is None else f" {code}"))

    def check(self, method, route, response):
        """The status is one that the document names, and the answer has the shape that it says."""
        operation = self.document["paths"][route][method.lower()]
        assert str(response.status_code) in operation["responses"], (method, route, response.status_code, response.text)
        content = operation["responses"][str(response.status_code)].get("content", {})
        assert response.status_code == 200 or 400 <= response.status_code < 600, (method, route, response.status_code)
        schema = content.get("application/json", {}).get("schema")
        if schema is None or not response.headers.get("content-type", "").startswith("application/json"):
            return
        fault = next(Draft202012Validator({**schema, "components": self.document["components"]}).iter_errors(response.json()), None)
        assert fault is None, f"{method} {route} answered what its document does not allow: {fault.json_path}: {fault.message}"
        if not response.ok:
            body = response.json()
            assert body["detail"] and body["error"]["code"] and body["error"]["message"] and body["error"]["suggestion"] and body["error"]["source"], body

    def sender(self):
        """The outermost method of the client that is being called now."""
        frame, names = sys._getframe(1), []
        while frame is not None:
            module = frame.f_globals.get("__name__", "")
            if module.startswith(PACKAGE) and not module.endswith(CARRIERS):
                names.append(f"{module.removeprefix(PACKAGE)}.{frame.f_code.co_name}")
            frame = frame.f_back
        self.methods.update(names)
        return names[-1] if names else "plain HTTP"

    def finish(self, client):
        """Every route was called with success, and every method of the client was called; prints a line for each route."""
        lines, missing = [], []
        for method, path in ROUTES:
            route = next((one for one, pattern in self.patterns if shape(one) == shape(path)), None)
            answers = self.answers.get((method, route), set())
            if "200" not in answers:
                missing.append(f"{method} {path}")
            lines.append(self.line((method, route), path))
        others = [key for key in self.answers if not any((key[0], shape(key[1])) == (method, shape(path)) for method, path in ROUTES)]
        for key in sorted(others):
            lines.append(self.line(key, key[1]))
        print("\n".join(lines))
        assert missing == [], f"never answered with success: {missing}"
        uncalled = methods_of(client) - self.methods - LOCAL
        assert uncalled == set(), f"methods of the client that were never called: {sorted(uncalled)}"

    def line(self, key, path):
        answers, senders = self.answers.get(key, set()), self.senders.get(key, set())
        return f"{key[0]:6} {path:50} {', '.join(sorted(senders))}: {', '.join(sorted(answers))}"


def shape(path):
    return re.sub(r"\{\w+\}", "{}", path)


def methods_of(client):
    """Every public method of the client's own services, as "service.method"."""
    found = set()
    for service in vars(client).values():
        if isinstance(service, BaseClient):
            module = type(service).__module__.removeprefix(PACKAGE)
            members = inspect.getmembers(type(service), inspect.isfunction)
            found |= {f"{module}.{name}" for name, member in members if not name.startswith("_") and not hasattr(BaseClient, name)}
    return found


def refused(code, call, *arguments, **named):
    """The call must be refused with this code, and the text must say what to do."""
    try:
        call(*arguments, **named)
    except XplainableAPIError as error:
        assert error.code == code, (code, error.code, str(error))
        assert error.suggestion, error
        return
    except AssertionError:
        raise
    except Exception as error:
        # Some methods raise the answer's text as it is.
        assert code in str(error), (code, error)
        return
    raise AssertionError(f"{call.__name__} was not refused with {code}")


def has(answer, fields):
    """The answer has each field, with a value of the type given; a type in a list may be null."""
    for name, kind in fields.items():
        allowed = (*kind, type(None)) if isinstance(kind, list) else kind
        assert name in answer, f"{name} is missing in {json.dumps(answer)[:500]}"
        assert isinstance(answer[name], allowed), f"{name} is {answer[name]!r}"
    return answer
