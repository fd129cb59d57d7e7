"""Replies as chat models write them, with what reading them must give.

Every text is our own. ``MARKET`` and ``PIER`` are the stories inside; a case says what stands
around them, and which title and notes the reading must have.
"""

from __future__ import annotations

from dataclasses import dataclass

MARKET = (
    "Rain drums on the awning of a fish stall where a woman in rubber gloves holds out a trout to "
    "a customer who is looking the other way. He is watching his daughter, who has climbed onto "
    "an upturned crate and lowers a live crab, string and all, into the handbag of the lady beside "
    "him. The lady counts coins. Across the aisle a porter with a barrow has stopped dead, one "
    "hand over his mouth. A chalkboard reads 'Last day before the holidays'."
)
PIER = (
    'A banner that says "Welcome home" hangs upside down from the rail of the pier. Under it a '
    "brass band in dress uniform plays to an empty gangway, for the ship at the quay is a coal "
    "barge, and the conductor's score flaps away over the water: sheet after sheet. A bride in "
    "the front row shades her eyes; behind her, far out, a white steamer lies at another pier."
)
TWO = f"{MARKET}\n\n{PIER}"


@dataclass(frozen=True)
class Case:
    name: str
    reply: str
    text: str = MARKET
    title: str = ""
    noted: tuple[str, ...] = ()


CASES = (
    Case("plain", MARKET),
    Case("white space around", f"\n\n  {MARKET}\n\n \t", noted=()),
    Case("windows line ends", TWO.replace("\n", "\r\n"), TWO),
    Case("two paragraphs", TWO, TWO),
    Case("sure, colon", f"Sure, here is a story:\n\n{MARKET}", noted=("preamble",)),
    Case(
        "sure, same line",
        f"Sure! Here's a Storytelling Image for you: {PIER}",
        PIER,
        noted=("preamble",),
    ),
    Case(
        "certainly with a full stop",
        f"Certainly! Here is the story you asked for.\n\n{MARKET}",
        noted=("preamble",),
    ),
    Case("of course alone", f"Of course!\n\n{PIER}", PIER, noted=("preamble",)),
    Case("of course in line", f"Of course! {PIER}", PIER, noted=("preamble",)),
    Case(
        "here is",
        f"Here's a description of a storytelling image based on your request:\n{MARKET}",
        noted=("preamble",),
    ),
    Case(
        "below is",
        f"Below is a single-moment scene that meets the requirements:\n\n{MARKET}",
        noted=("preamble",),
    ),
    Case(
        "i have imagined", f"I've imagined a new picture for you.\n\n{MARKET}", noted=("preamble",)
    ),
    Case("preamble in bold", f"**Here is the story:**\n\n{MARKET}", noted=("preamble",)),
    Case("preamble in french", f"Bien sûr ! Voici une histoire :\n\n{MARKET}", noted=("preamble",)),
    Case(
        "preamble in german",
        f"Natürlich! Hier ist die Geschichte:\n\n{MARKET}",
        noted=("preamble",),
    ),
    Case(
        "preamble in spanish", f"¡Claro! Aquí tienes una historia:\n\n{MARKET}", noted=("preamble",)
    ),
    Case("preamble in chinese", f"好的，以下是一个故事：\n\n{MARKET}", noted=("preamble",)),
    Case(
        "bold title",
        f"**The Crab in the Bag**\n\n{MARKET}",
        title="The Crab in the Bag",
        noted=("heading",),
    ),
    Case(
        "hash title",
        f"# The Crab in the Bag\n{MARKET}",
        title="The Crab in the Bag",
        noted=("heading",),
    ),
    Case(
        "labelled title",
        f"Title: The Crab in the Bag\n\n{MARKET}",
        title="The Crab in the Bag",
        noted=("heading",),
    ),
    Case(
        "bold labelled title",
        f'**Title:** "The Crab in the Bag"\n\n{MARKET}',
        title="The Crab in the Bag",
        noted=("heading",),
    ),
    Case(
        "bare title",
        f"The Crab in the Bag\n\n{MARKET}",
        title="The Crab in the Bag",
        noted=("title",),
    ),
    Case(
        "title in quotes",
        f'"The Wrong Pier"\n\n{PIER}',
        PIER,
        title="The Wrong Pier",
        noted=("title",),
    ),
    Case(
        "title that asks",
        f"**Who Ordered the Crab?**\n\n{MARKET}",
        title="Who Ordered the Crab?",
        noted=("heading",),
    ),
    Case("label", f"Story: {MARKET}", noted=("label",)),
    Case("bold label", f"**Story:** {MARKET}", noted=("label",)),
    Case("bold label, colon outside", f"**Image Description**: {MARKET}", noted=("label",)),
    Case("label as heading", f"### Storytelling Image\n\n{MARKET}", noted=("heading",)),
    Case(
        "title and label",
        f"# The Wrong Pier\n\n**Story:**\n{PIER}",
        PIER,
        title="The Wrong Pier",
        noted=("heading",),
    ),
    Case(
        "headings inside", f"## Setting\n{MARKET}\n\n## The Moment\n{PIER}", TWO, noted=("heading",)
    ),
    Case("in double quotes", f'"{MARKET}"', noted=("quotation marks",)),
    Case("in double quotes with quotes inside", f'"{PIER}"', PIER, noted=("quotation marks",)),
    Case("in curly quotes", f"“{MARKET}”", noted=("quotation marks",)),
    Case("in guillemets", f"«{MARKET}»", noted=("quotation marks",)),
    Case("in corner brackets", f"「{MARKET}」", noted=("quotation marks",)),
    Case("code fence", f"```\n{MARKET}\n```", noted=("code fence",)),
    Case("code fence with a language", f"```markdown\n{MARKET}\n```", noted=("code fence",)),
    Case("open code fence", f"```text\n{MARKET}", noted=("code fence",)),
    Case(
        "block quote",
        "\n".join(f"> {line}" for line in TWO.split("\n")),
        TWO,
        noted=("block-quote",),
    ),
    Case("all in italics", f"*{MARKET}*", noted=("italic",)),
    Case("all in bold", f"**{MARKET}**", noted=("bold",)),
    Case(
        "bold words",
        MARKET.replace("trout", "**trout**").replace("porter", "*porter*"),
        noted=("bold",),
    ),
    Case("rules", f"---\n\n{MARKET}\n\n---", noted=("rule",)),
    Case(
        "offer", f"{MARKET}\n\nLet me know if you'd like me to change anything!", noted=("offer",)
    ),
    Case("offer in line", f"{MARKET} Let me know if you would like another one.", noted=("offer",)),
    Case(
        "offer to paint",
        f"{MARKET}\n\nWould you like me to create the image for you?",
        noted=("offer",),
    ),
    Case("hope", f"{MARKET}\n\nI hope this meets your requirements.", noted=("offer",)),
    Case(
        "if you like",
        f"{PIER}\n\nIf you'd like, I can make it darker or funnier.",
        PIER,
        noted=("offer",),
    ),
    Case("word count", f"{MARKET}\n\n(Word count: 96)", noted=("word count",)),
    Case("word count in line", f"{MARKET} (96 words)", noted=("word count",)),
    Case("word count bare", f"{MARKET}\n\nWord count: 96", noted=("word count",)),
    Case("note", f"{MARKET}\n\n*Note: the scene avoids dialogue as requested.*", noted=("remark",)),
    Case(
        "explanation",
        f"{MARKET}\n\n### Visual clues\n- the crab: mischief\n- the coins: distraction",
        noted=("section",),
    ),
    Case(
        "explanation in bold",
        f"{MARKET}\n\n**Why it works:**\nThe viewer sees the crab first.",
        noted=("section",),
    ),
    Case(
        "thinking", f"<think>\nA market? A pier? Market.\n</think>\n\n{MARKET}", noted=("thinking",)
    ),
    Case(
        "thinking, begun in the prompt", f"A market, then.\n</think>\n{MARKET}", noted=("thinking",)
    ),
    Case("thinking twice", f"<think>one</think>{MARKET}<think>two</think>", noted=("thinking",)),
    Case(
        "harmony channels",
        f"<|channel|>analysis<|message|>A market.<|end|><|channel|>final<|message|>{MARKET}",
        noted=("thinking",),
    ),
    Case("template tokens", f"{MARKET}<|im_end|>", noted=("tokens",)),
    Case("end of text", f"<s>{MARKET}</s>", noted=("tokens",)),
    Case(
        "json",
        '{"title": "The Wrong Pier", "story": "A bride waits.\\nThe ship is a barge."}',
        "A bride waits.\nThe ship is a barge.",
        "The Wrong Pier",
        ("JSON",),
    ),
    Case("json in a fence", f'```json\n{{"story": "{MARKET}"}}\n```', noted=("JSON",)),
    Case(
        "json one level down",
        f'{{"story": {{"title": "Crab", "text": "{MARKET}"}}}}',
        title="Crab",
        noted=("JSON",),
    ),
    Case("json cut off", f'{{"story": "{MARKET}', noted=("JSON",)),
    Case("here's one", f"Absolutely! Here's one:\n\n{MARKET}", noted=("preamble",)),
    Case("here you go", f"Here you go!\n\n{PIER}", PIER, noted=("preamble",)),
    Case(
        "let us craft",
        f"Okay, let's craft a scene for you.\n\n**A Stormy Day**\n\n{PIER}",
        PIER,
        "A Stormy Day",
        ("preamble", "heading"),
    ),
    Case(
        "labelled bold title",
        f'**Storytelling Image: "The Crab"**\n\n{MARKET}',
        title="The Crab",
        noted=("heading",),
    ),
    Case(
        "subtitle in italics",
        f"### The Wrong Pier\n\n*A harbour at dusk*\n\n{PIER}",
        PIER,
        "The Wrong Pier",
        ("heading", "title"),
    ),
    Case("label alone", f"Storytelling Image:\n\n{MARKET}", noted=("label",)),
    Case("response label", f"Response: {MARKET}", noted=("label",)),
    Case(
        "everything at once",
        "<think>hm</think>\nSure! Here is your story:\n\n```\n# The Wrong Pier\n\n"
        f'**Story:** "{PIER}"\n```\n\n---\n\n(Word count: 74)\n\nLet me know if you want changes!',
        PIER,
        "The Wrong Pier",
        (
            "thinking",
            "preamble",
            "fence",
            "heading",
            "label",
            "quotation marks",
            "word count",
            "offer",
        ),
    ),
    Case(
        "apology, then a story",
        f"I'm sorry, but I can't depict a real person. Here is a story with invented people:\n\n{MARKET}",
        noted=("apology",),
    ),
)

#: Stories that look like wrapping at a glance. They must come back as they are.
KEPT = (
    "Sure of her aim, the girl on the ladder lets the snowball drop. Below, the postman bends over his bag.",
    "Certainly nobody at the long table has seen the mouse. It sits on the wedding cake, between the two sugar figures.",
    "Of course the ladder is too short: the fireman stands on its last rung and the kitten on the next branch.",
    "Here in the last carriage three men share one umbrella; the roof leaks: on the fourth.",
    "Here is where the road ends: a van stands with its front wheels over the edge of the quarry.",
    "OK is painted on the fresh wall in letters as tall as the boy with the brush. His father carries in a second pot.",
    '"Closed" says the card in the bakery door. A queue of eleven stares at the baker, who points at "Open" on the back.',
    '"Sold" reads the sticker on the piano. A girl plays on while two movers wait with their straps.',
    'A note on the fridge says: "Back at six. Let me know if the cat eats." The cat sits in the open fridge.',
    "The letter in her hand begins 'I'm sorry, but I can't help you', and the taxi door stands open beside her.",
    "Title fights end early here: the smaller boxer is asleep on his stool. His trainer fans him with the towel.",
    "Story time in the library: eleven children face the reader, and the twelfth is inside the puppet theatre.",
    "I cannot be seen, the posture of the boy behind the thin lamp post seems to say. His satchel sticks out on both sides.",
    "Time has stopped on the church clock at noon. A bride looks from it to the sun, which is going down.",
    "A sign on the gate reads EXIT -> 200 m. The goat under it has eaten the rest of the board.",
    "The label in the coat reads 100 % wool * dry clean only * and the coat would now fit a doll.",
    "„Frisch gestrichen“ steht auf dem Schild. Auf der Bank sitzt ein Herr in Weiß, und hinter ihm lacht ein Kind.",
    "雨の駅で、少年が傘を二本持って立っている。改札の向こうで、母親は別の傘の下で笑っている。",
    "Let the record show it: the judge's robe is caught in the lift door, and the whole court looks on.",
    "Great clouds of flour hang in the air. In the middle stands the new apprentice with the empty sack.",
    "What kind of guest brings a goose? The hostess has both hands in her hair; the goose has the canapés.",
    "I hope, says the sagging banner, and its other half lies in the pond with the mayor.",
    "Five\nsix\nseven candles, and an eighth in the hand of a boy who has not been invited.",
    "If you look closely the queue has no end: it runs round the kiosk and back to its own head.",
)

EMPTY = (
    "",
    "   \n\t ",
    "...",
    "Sure, here is a story:",
    "Certainly!",
    "Of course! Here's the story you asked for:\n\n",
    "<think>A market, or a pier? I could write about",
    "<think>done</think>",
    "```\n```",
    "---",
    "# The Wrong Pier",
    "**Story:**",
    "Would you like me to write a story?",
    "Sure! What kind of story would you like?",
    "<|im_end|>",
    '""',
)

REFUSED = (
    "I'm sorry, but I can't help with that.",
    "I’m sorry, but I can’t assist with that request.",
    "Sorry, I can't create content that depicts this.",
    "I cannot fulfill this request.",
    "I can't provide a story with those elements. Is there anything else I can help you with?",
    "As an AI language model, I am not able to generate images.",
    "I'm unable to create that story.",
    "Unfortunately, I can't write about that topic.",
    "I apologize, but I cannot generate a story about this. It may be harmful.",
    "I won't write that.",
    "I must decline to describe such a scene.",
    "<think>Is this allowed? No.</think>I'm sorry, but I cannot continue with this request.",
    "I'm sorry, but I can't help with that.\n\nThis topic may cause harm.\n\nLet me know if you'd like something else!",
    "Es tut mir leid, aber ich kann dabei nicht helfen.",
    "Lo siento, pero no puedo ayudar con eso.",
    "Désolé, mais je ne peux pas écrire cette histoire.",
    "很抱歉，我无法满足这个请求。",
    "申し訳ありませんが、そのご要望にはお応えできません。",
)
