"""Our chat template for base models that have none."""

from __future__ import annotations

#: Every turn under a heading of plain words, so that no token is needed that the base never saw;
#: an answer ends with the tokenizer's own end token, which is how a reader knows its end.
PLAIN_TEMPLATE = (
    "{{ bos_token if bos_token else '' }}"
    "{% for message in messages %}"
    "{% if message['role'] == 'assistant' %}"
    "### Answer\n{{ message['content'] | trim }}{{ eos_token }}\n\n"
    "{% elif message['role'] == 'system' %}"
    "### Task\n{{ message['content'] | trim }}\n\n"
    "{% else %}"
    "### Request\n{{ message['content'] | trim }}\n\n"
    "{% endif %}"
    "{% endfor %}"
    "{% if add_generation_prompt %}### Answer\n{% endif %}"
)
