"""A reply written token by token: prompt, sampling, where it ends.

Sampling is ours, from the raw logits with a generator of its own: it is exactly what the request
says, whatever defaults the model's folder carries, and a seed means the same beside other models
in the process.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from storypainter.models.contract import (
    CallFailed,
    ChatReply,
    ChatRequest,
    Message,
    TokenLogprob,
    Usage,
    Verdict,
    empty_reply,
)
from storypainter.models.openai_wire import one_line
from storypainter.models.worker import Watch


@dataclass(frozen=True, slots=True)
class Loaded:
    """A model ready to write.

    Attributes:
        tokenizer: its tokenizer, or what prompts and decodes in its place.
        model: the weights, on their device.
        context: how many tokens it can hold.
        ends: the tokens that end a reply.
    """

    tokenizer: Any
    model: Any
    context: int
    ends: frozenset[int]


def write(
    loaded: Loaded, request: ChatRequest, seed: int | None, address: str, watch: Watch
) -> ChatReply:
    """One reply.

    Args:
        loaded: the model.
        request: what to write, and how to sample.
        seed: where the request has none; without either each call is new.
        address: the model's, for errors and the reply.
        watch: says when nobody waits any more.

    Raises:
        CallFailed: TOO_LONG, TIMEOUT, MALFORMED for an empty reply, or INVALID for a request that the
            model can't be given.
    """
    import torch

    prompt = _prompt(loaded, request)
    length = int(prompt["input_ids"].shape[1])
    room = loaded.context - length
    if room < 1:
        raise CallFailed(
            Verdict.TOO_LONG,
            f"the prompt has {length} tokens, and {address} holds {loaded.context}",
            "shorten the prompt, or choose a model with a longer context",
        )
    choose = Choice(request, seed if request.seed is None else request.seed)
    draft = _Draft(loaded, min(request.max_tokens, room), request.stop, watch)
    try:
        with torch.inference_mode():
            _generate(loaded, prompt, choose, draft)
    except torch.OutOfMemoryError:
        raise CallFailed(
            Verdict.TOO_LONG,
            f"{address} ran out of memory on {loaded.model.device}",
            "shorten the prompt, choose a smaller model, or use --device cpu",
        ) from None
    except Exception as error:  # whatever an architecture may raise
        why = f"{type(error).__name__}: {one_line(error)}"
        raise CallFailed(
            Verdict.INVALID,
            f"{address} can't write this: {why}",
            "see whether the model's folder fits its own configuration",
        ) from error
    watch.check()
    usage = Usage(length, len(draft.tokens))
    if not draft.text.strip():
        raise empty_reply(draft.finish, usage)
    rows = () if request.logprobs is None else _shown(loaded, choose, draft)
    return ChatReply(draft.text, draft.finish, usage, address, rows)


def _prompt(loaded: Loaded, request: ChatRequest) -> Any:
    """The messages as the model's own chat template puts them, in tokens on its device."""
    import jinja2

    try:
        found = loaded.tokenizer.apply_chat_template(
            [_plain(message) for message in request.messages],
            add_generation_prompt=True,
            tokenize=True,
            return_dict=True,
            return_tensors="pt",
        )
    except jinja2.TemplateError as error:
        raise CallFailed(
            Verdict.INVALID, f"messages: the model's chat template refuses them: {one_line(error)}"
        ) from None
    return found.to(loaded.model.device)


def _plain(message: Message) -> dict[str, str]:
    if isinstance(message.content, str):
        return {"role": message.role, "content": message.content}
    texts = [part for part in message.content if isinstance(part, str)]
    if len(texts) != len(message.content):
        raise CallFailed(
            Verdict.INVALID,
            "messages: a transformers/ model reads no pictures",
            "use one that sees",
        )
    return {"role": message.role, "content": "\n".join(texts)}


def _generate(loaded: Loaded, prompt: Any, choose: Choice, draft: _Draft) -> None:
    """Let transformers drive the model; we choose each token and say when to stop."""
    import transformers

    loaded.model.generate(
        **prompt,
        generation_config=transformers.GenerationConfig(
            do_sample=False, max_new_tokens=draft.most, pad_token_id=min(loaded.ends, default=0)
        ),
        logits_processor=[choose],
        stopping_criteria=[draft],
    )


class Choice:
    """Chooses the next token from raw logits; keeps log-probabilities if they were asked for.

    Args:
        request: whose temperature (0 takes the best), top_p and logprobs count.
        seed: of this call's own generator; ``None`` draws one.
    """

    def __init__(self, request: ChatRequest, seed: int | None) -> None:
        import torch

        self._request = request
        self._generator = torch.Generator(device="cpu")
        if seed is None:
            self._generator.seed()
        else:
            self._generator.manual_seed(seed % 2**63)
        #: For each token chosen: its own log-probability, then (token, log-probability) of the
        #: likeliest ones. Before temperature and top_p, as servers give them.
        self.logprobs: list[tuple[float, list[tuple[int, float]]]] = []

    def __call__(self, _: Any, logits: Any) -> Any:
        """A logits processor: of a row of raw logits, only the chosen token's is left."""
        import torch

        token = self._chosen(logits[0].float().cpu())
        only = torch.full_like(logits, float("-inf"))
        only[0, token] = 0.0
        return only

    def _chosen(self, scores: Any) -> int:
        """The token; on the processor, so that a seed means the same on every device."""
        import torch

        if self._request.temperature == 0.0:
            token = int(scores.argmax())
        else:
            odds = torch.softmax(scores.double() / self._request.temperature, dim=-1)
            odds = nucleus(odds, self._request.top_p)
            token = int(torch.multinomial(odds, 1, generator=self._generator))
        if self._request.logprobs is not None:
            self._note(torch.log_softmax(scores, dim=-1), token, self._request.logprobs)
        return token

    def _note(self, logprobs: Any, token: int, count: int) -> None:
        values, tokens = logprobs.topk(min(count, len(logprobs)))
        best = list(zip(tokens.tolist(), values.tolist(), strict=True))
        self.logprobs.append((float(logprobs[token]), best))


def nucleus(odds: Any, top_p: float) -> Any:
    """The smallest set of likeliest tokens whose probabilities reach ``top_p``; others 0."""
    import torch

    if top_p >= 1.0:
        return odds
    ranked, order = odds.sort(descending=True)
    before = ranked.cumsum(0) - ranked
    before[0] = -1.0  # the best always stays
    return torch.zeros_like(odds).scatter(0, order, ranked.where(before < top_p, 0.0))


@dataclass(slots=True)
class _Draft:
    """The reply so far, and why it ended."""

    loaded: Loaded
    most: int
    stop: tuple[str, ...]
    watch: Watch
    tokens: list[int] = field(default_factory=list)
    text: str = ""
    finish: str = ""

    def __call__(self, tokens: Any, _: Any, **unused: Any) -> Any:
        """A stopping criterion: one truth for the only row of the batch."""
        return tokens.new_tensor([self.add(int(tokens[0, -1]))]).bool()

    def add(self, token: int) -> bool:
        """Take a token; true when the reply has ended, or nobody waits for it."""
        self.tokens.append(token)
        if token in self.loaded.ends:
            self.finish = "stop"
        elif self.stop and self._cut_at_stop():
            self.finish = "stop"
            return True
        elif len(self.tokens) >= self.most:
            self.finish = "length"
        if self.finish:
            self.text = self._decoded(len(self.tokens) - (self.finish == "stop"))
        return bool(self.finish) or self.watch.is_over

    def _cut_at_stop(self) -> bool:
        text = self._decoded(len(self.tokens))
        places = [place for place in map(text.find, self.stop) if place >= 0]
        if places:
            self.text = text[: min(places)]
        return bool(places)

    def _decoded(self, count: int) -> str:
        found: str = self.loaded.tokenizer.decode(self.tokens[:count], skip_special_tokens=True)
        return found

    def shown(self) -> int:
        """How many tokens the text is made of: without the ending one or the stop string."""
        count = len(self.tokens)
        while count and (
            self.tokens[count - 1] in self.loaded.ends
            or len(self._decoded(count - 1)) >= len(self.text)
        ):
            count -= 1
        return count


def _shown(loaded: Loaded, choose: Choice, draft: _Draft) -> tuple[TokenLogprob, ...]:
    decode: Callable[[list[int]], str] = loaded.tokenizer.decode
    rows = list(zip(draft.tokens, choose.logprobs, strict=True))[: draft.shown()]
    return tuple(
        TokenLogprob(decode([token]), own, tuple((decode([t]), value) for t, value in best))
        for token, (own, best) in rows
    )
