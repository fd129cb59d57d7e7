"""The benchmark's own server: what it answers when all is well, and what when it isn't."""

import base64
import http.client
import io
import json
import re
import socket
import struct
import time
import urllib.error
import urllib.request
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import urlsplit

import fault_replies as replies
import pytest
from PIL import Image


def call(server, path, body=None, key="sk-test", method="POST"):
    """Status, headers and body of one call on a fresh connection."""
    data = body if isinstance(body, bytes) else json.dumps(body).encode()
    headers = {"Content-Type": "application/json", "Authorization": f"Bearer {key}"}
    request = urllib.request.Request(
        server.root + path, data if method == "POST" else None, headers, method=method
    )
    try:
        with urllib.request.urlopen(request, timeout=10) as answer:
            return answer.status, answer.headers, answer.read()
    except urllib.error.HTTPError as error:
        return error.code, error.headers, error.read()


def chat(server, text="Tell a story.", **more):
    body = {"model": "gpt-4o", "messages": [{"role": "user", "content": text}], **more}
    return call(server, "/v1/chat/completions", body)


def paint(server, prompt="A kitchen at night.", model="gpt-image-1", **more):
    return call(
        server, "/v1/images/generations", {"model": model, "prompt": prompt, "n": 1, **more}
    )


def story_in(answer):
    return json.loads(answer[2])["choices"][0]["message"]["content"]


def picture_in(answer):
    return base64.b64decode(json.loads(answer[2])["data"][0]["b64_json"], validate=True)


class TestGoodAnswers:
    def test_each_story_is_unique_and_names_its_prompt(self, fault_server):
        server = fault_server()
        first, second, other = chat(server), chat(server), chat(server, "Another.")
        marks = [re.search(r"tale (\d+)-([0-9a-f]{12})", story_in(a)) for a in (first, second)]
        assert [int(mark[1]) for mark in marks] == [1, 2]
        assert marks[0][2] == marks[1][2] == replies.digest(b"Tell a story.")[:12]
        assert replies.digest(b"Another.")[:12] in story_in(other)

    def test_a_picture_is_a_valid_png_of_about_270_kb(self, fault_server):
        png = picture_in(paint(fault_server()))
        kinds = [kind for kind, _ in replies.chunks(png)]
        assert kinds[0] == b"IHDR"
        assert kinds[-1] == b"IEND"
        assert 250_000 < len(png) < 290_000
        with Image.open(io.BytesIO(png)) as picture:
            picture.load()
            assert picture.size == (1024, 1024)

    def test_a_picture_names_its_prompt_and_story(self, fault_server):
        server = fault_server()
        story = story_in(chat(server))
        notes = replies.notes(picture_in(paint(server, story)))
        assert notes["prompt"] == replies.digest(story.encode())
        assert notes["tale"] in story
        assert notes["tale"] != ""
        again = picture_in(paint(server, story))
        assert replies.notes(again) == notes
        assert picture_in(paint(server, "Other")) != again

    def test_a_schema_is_answered_with_what_it_allows(self, fault_server):
        schema = {
            "type": "object",
            "properties": {
                "story": {"type": "string"},
                "mood": {"enum": ["calm", "tense"]},
                "clues": {"type": "array", "minItems": 2, "items": {"$ref": "#/$defs/clue"}},
            },
            "required": ["story", "mood", "clues"],
            "$defs": {"clue": {"type": "object", "properties": {"n": {"type": "integer"}}}},
        }
        shape = {"type": "json_schema", "json_schema": {"name": "reply", "schema": schema}}
        reply = json.loads(story_in(chat(fault_server(), response_format=shape)))
        assert "tale 1-" in reply["story"]
        assert reply["mood"] == "calm"
        assert len(reply["clues"]) == 2

    def test_log_probabilities_spell_the_text(self, fault_server):
        answer = chat(fault_server(), logprobs=True, top_logprobs=2)
        tokens = json.loads(answer[2])["choices"][0]["logprobs"]["content"]
        assert "".join(token["token"] for token in tokens) == story_in(answer)
        assert all(len(token["top_logprobs"]) == 2 for token in tokens)

    def test_embeddings_as_numbers_and_as_base64(self, fault_server):
        server = fault_server()
        body = {"model": "text-embedding-3-small", "input": ["one", "two"]}
        plain = json.loads(call(server, "/v1/embeddings", body)[2])["data"]
        packed = call(server, "/v1/embeddings", {**body, "encoding_format": "base64"})
        raw = base64.b64decode(json.loads(packed[2])["data"][1]["embedding"])
        assert struct.unpack("<64f", raw) == pytest.approx(plain[1]["embedding"], abs=1e-6)
        assert plain[0]["embedding"] != plain[1]["embedding"]

    def test_an_edit_is_a_multipart_form(self, fault_server):
        server = fault_server()
        target = urlsplit(server.root)
        form = (
            b'--b\r\nContent-Disposition: form-data; name="model"\r\n\r\ngpt-image-1\r\n'
            b'--b\r\nContent-Disposition: form-data; name="prompt"\r\n\r\nmore rain\r\n'
            b'--b\r\nContent-Disposition: form-data; name="image[]"; filename="a.png"\r\n'
            b"Content-Type: image/png\r\n\r\n\x89PNG\r\n--b--\r\n"
        )
        connection = http.client.HTTPConnection(target.hostname, target.port)
        headers = {"Content-Type": "multipart/form-data; boundary=b"}
        connection.request("POST", "/v1/images/edits", form, headers)
        answer = connection.getresponse()
        png = base64.b64decode(json.loads(answer.read())["data"][0]["b64_json"])
        connection.close()
        assert replies.notes(png)["prompt"] == replies.digest(b"more rain")

    def test_pictures_by_address(self, fault_server):
        server = fault_server("--url-pictures")
        url = json.loads(paint(server)[2])["data"][0]["url"]
        status, headers, png = call(server, url.removeprefix(server.root), method="GET")
        assert (status, headers["Content-Type"]) == (200, "image/png")
        assert replies.notes(png)["prompt"] == replies.digest(b"A kitchen at night.")
        assert call(server, "/files/nothing.png", method="GET")[0] == 404

    def test_dalle_answers_with_an_address_and_a_rewritten_prompt(self, fault_server):
        server = fault_server()
        data = json.loads(paint(server, model="dall-e-3")[2])["data"][0]
        assert set(data) == {"url", "revised_prompt"}
        data = json.loads(paint(server, model="dall-e-3", response_format="b64_json")[2])["data"]
        assert "b64_json" in data[0]

    def test_latency_and_keep_alive(self, fault_server):
        server = fault_server("--chat-latency", "0.15")
        target = urlsplit(server.root)
        connection = http.client.HTTPConnection(target.hostname, target.port)
        body = json.dumps({"model": "m", "messages": [{"role": "user", "content": "x"}]})
        for _ in range(2):
            begun = time.monotonic()
            connection.request("POST", "/v1/chat/completions", body)
            connection.getresponse().read()
            assert 0.14 < time.monotonic() - begun < 1
        connection.close()
        assert server.stats()["repeated"]["chat"] == 1
        assert server.stats()["repaid"]["chat"] == 1

    def test_models_are_listed_and_others_unknown(self, fault_server):
        server = fault_server("--model", "gpt-4o", "--model", "sketcher")
        listed = json.loads(call(server, "/v1/models", method="GET")[2])["data"]
        assert [model["id"] for model in listed] == ["gpt-4o", "sketcher"]
        status, _, body = paint(server)
        assert status == 404
        assert json.loads(body)["error"]["code"] == "model_not_found"


class TestFaults:
    @pytest.mark.parametrize(
        ("fault", "status", "code"),
        [
            ("429", 429, "rate_limit_exceeded"),
            ("quota", 429, "insufficient_quota"),
            ("500", 500, None),
            ("auth", 401, "invalid_api_key"),
            ("too_long", 400, "context_length_exceeded"),
        ],
    )
    def test_an_error_has_the_vendors_shape(self, fault_server, fault, status, code):
        got, _, body = chat(fault_server("--fault", fault))
        error = json.loads(body)["error"]
        assert (got, error["code"]) == (status, code)
        assert set(error) == {"message", "type", "param", "code"}

    def test_refusals(self, fault_server):
        server = fault_server("--fault", "refused")
        status, _, body = paint(server)
        assert (status, json.loads(body)["error"]["code"]) == (400, "moderation_blocked")
        message = json.loads(chat(server)[2])["choices"][0]["message"]
        assert message["content"] is None
        assert message["refusal"]

    def test_a_filtered_reply(self, fault_server):
        choice = json.loads(chat(fault_server("--fault", "content_filter"))[2])["choices"][0]
        assert (choice["finish_reason"], choice["message"]["content"]) == ("content_filter", "")

    def test_nothing_in_the_answer(self, fault_server):
        server = fault_server("--fault", "empty_choices")
        assert json.loads(chat(server)[2])["choices"] == []
        assert json.loads(paint(server)[2])["data"] == []
        assert picture_in(paint(fault_server("--fault", "empty_b64"))) == b""

    @pytest.mark.parametrize("fault", ["bad_png", "cut_png", "not_a_picture"])
    def test_a_spoilt_picture_is_good_base64_of_a_bad_file(self, fault_server, fault):
        png = picture_in(paint(fault_server("--fault", fault)))
        with pytest.raises(ValueError, match=r"PNG|CRC"):
            list(replies.chunks(png))

    def test_a_body_that_is_not_json(self, fault_server):
        status, headers, body = chat(fault_server("--fault", "malformed_json"))
        assert (status, headers["Content-Type"]) == (200, "application/json")
        with pytest.raises(json.JSONDecodeError):
            json.loads(body)
        status, headers, body = chat(fault_server("--fault", "html"))
        assert (status, headers["Content-Type"]) == (502, "text/html")
        assert body.startswith(b"<html>")

    def test_a_body_that_is_cut(self, fault_server):
        with pytest.raises(http.client.IncompleteRead):
            paint(fault_server("--fault", "truncate"))

    def test_a_reset_is_a_reset(self, fault_server):
        with pytest.raises(ConnectionResetError):
            chat(fault_server("--fault", "reset"))

    def test_a_hang_lasts_until_the_client_leaves(self, fault_server):
        server = fault_server("--fault", "hang")
        target = urlsplit(server.root)
        connection = http.client.HTTPConnection(target.hostname, target.port, timeout=0.3)
        connection.request("POST", "/v1/images/generations", b'{"model":"m","prompt":"x"}')
        with pytest.raises(TimeoutError):
            connection.getresponse()
        assert server.stats()["in_flight"] == 1
        connection.close()
        time.sleep(0.1)
        stats = server.stats()
        assert stats["in_flight"] == 0
        assert stats["by_endpoint"] == {"image": {"hang": 1}}

    def test_rates_hold_and_the_seed_repeats_them(self, fault_server):
        rates = {"429": 0.05, "500": 0.10, "empty_choices": 0.15}
        flags = [flag for kind, rate in rates.items() for flag in ("--fault", f"{kind}={rate}")]
        server = fault_server(*flags, "--seed", "7")
        body = json.dumps({"model": "m", "messages": [{"role": "user", "content": "x"}]})
        target = urlsplit(server.root)

        def ask(count):
            connection = http.client.HTTPConnection(target.hostname, target.port)
            for _ in range(count):
                connection.request("POST", "/v1/chat/completions", body)
                connection.getresponse().read()
            connection.close()

        calls = 2000
        ask(calls)
        drawn = Counter(server.stats()["faults"])
        for kind, rate in rates.items():
            spread = 4 * (rate * (1 - rate) / calls) ** 0.5
            assert abs(drawn[kind] / calls - rate) < spread, kind
        faults = [row["fault"] for row in server.log()]
        server.reset()
        assert server.stats()["calls"] == 0
        ask(50)
        assert [row["fault"] for row in server.log()] == faults[:50]

    @pytest.mark.parametrize("flag", ["nonsense=0.5", "500=2", "500=x"])
    def test_a_wrong_flag_does_not_start(self, fault_server, flag):
        with pytest.raises(RuntimeError, match="did not start"):
            fault_server("--fault", flag)


class TestLimits:
    def test_poison_fails_its_item_always_and_no_other(self, fault_server):
        server = fault_server("--poison", "tale 2-=refused", "--poison", "viper=500")
        assert {paint(server, "tale 2-abc, in the rain")[0] for _ in range(3)} == {400}
        assert {chat(server, "a viper")[0] for _ in range(3)} == {500}
        assert paint(server, "tale 22-abc")[0] == chat(server)[0] == 200

    def test_rpm_is_exceeded_and_recovers(self, fault_server):
        server = fault_server("--rpm", "3", "--rpm-window", "0.5")
        answers = [chat(server) for _ in range(4)]
        assert [status for status, _, _ in answers] == [200, 200, 200, 429]
        assert int(answers[3][1]["Retry-After"]) == 1
        assert 0 < int(answers[3][1]["retry-after-ms"]) <= 500
        time.sleep(0.55)
        assert chat(server)[0] == 200

    def test_too_many_at_once(self, fault_server):
        server = fault_server("--max-inflight", "2", "--chat-latency", "0.4")
        with ThreadPoolExecutor(3) as pool:
            statuses = sorted(pool.map(lambda _: chat(server)[0], range(3)))
        assert statuses == [200, 200, 429]

    def test_a_key_is_required_and_masked(self, fault_server):
        server = fault_server("--require-key", "sk-right")
        status, _, body = chat(server)
        assert status == 401
        assert b"sk-test" not in body
        body = {"model": "m", "messages": [{"role": "user", "content": "x"}]}
        assert call(server, "/v1/chat/completions", body, key="sk-right")[0] == 200
        assert b"sk-test" in chat(fault_server("--require-key", "x", "--echo-key"))[2]

    @pytest.mark.parametrize(
        ("lacks", "request_fields"),
        [
            ("schema", {"response_format": {"type": "json_object"}}),
            ("logprobs", {"logprobs": True}),
        ],
    )
    def test_what_a_server_lacks_it_rejects(self, fault_server, lacks, request_fields):
        server = fault_server("--without", lacks)
        assert chat(server, **request_fields)[0] == 400
        assert chat(server)[0] == 200

    def test_no_json_schema_and_no_pictures(self, fault_server):
        server = fault_server("--no-json-schema", "--without", "images", "--without", "vision")
        assert chat(server, response_format={"type": "json_object"})[0] == 400
        assert paint(server)[0] == 404
        seen = [{"type": "image_url", "image_url": {"url": "data:image/png;base64,AA=="}}]
        assert chat(server, seen)[0] == 400


class TestBadRequests:
    @pytest.mark.parametrize(
        ("path", "body", "status"),
        [
            ("/v1/chat/completions", b"{", 400),
            ("/v1/chat/completions", b"[]", 400),
            ("/v1/chat/completions", b'{"messages":[]}', 400),
            ("/v1/chat/completions", b'{"model":"m","messages":[]}', 400),
            ("/v1/images/generations", b'{"model":"m"}', 400),
            ("/v1/images/generations", b'{"model":"m","prompt":"x","n":2}', 400),
            ("/v1/images/edits", b"{}", 400),
            ("/v1/embeddings", b'{"model":"m","input":[]}', 400),
            ("/v1/nothing", b"{}", 404),
        ],
    )
    def test_is_told_so(self, fault_server, path, body, status):
        got, _, answer = call(fault_server(), path, body)
        assert got == status
        assert json.loads(answer)["error"]["message"]

    def test_parameters_that_a_model_does_not_take(self, fault_server):
        server = fault_server()
        status, _, body = paint(server, response_format="b64_json")
        assert (status, json.loads(body)["error"]["param"]) == (400, "response_format")
        body = {"model": "gpt-5", "messages": [{"role": "user", "content": "x"}], "max_tokens": 9}
        assert call(server, "/v1/chat/completions", body)[0] == 400

    def test_a_body_without_a_length_is_refused(self, fault_server):
        target = urlsplit(fault_server().root)
        with socket.create_connection((target.hostname, target.port)) as raw:
            raw.sendall(b"POST /v1/chat/completions HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n")
            assert raw.recv(1000).startswith(b"HTTP/1.1 411")


class TestLog:
    def test_log_and_stats_tell_what_happened(self, fault_server, tmp_path):
        log = tmp_path / "calls.jsonl"
        server = fault_server("--log", str(log), "--image-latency", "0.2", "--poison", "bad=500")
        with ThreadPoolExecutor(3) as pool:
            list(pool.map(lambda i: paint(server, f"picture {i}"), range(3)))
        paint(server, "bad")
        stats = server.stats()
        assert server.count() == stats["calls"] == 4
        assert stats["by_endpoint"] == {"image": {"200": 3, "500": 1}}
        assert stats["max_in_flight"] == 3
        assert stats["last_completion"] - stats["first_arrival"] >= 0.2
        server.stop()
        rows = [json.loads(line) for line in log.read_text().splitlines()]
        assert sorted(row["in_flight"] for row in rows) == [1, 1, 2, 3]
        assert rows[0]["prompt_digest"] in {replies.digest(b"picture %d" % i) for i in range(3)}
        assert all(row["completion"] - row["arrival"] >= 0.19 for row in rows[:3])
        assert (rows[3]["status"], rows[3]["fault"]) == (500, "500")
