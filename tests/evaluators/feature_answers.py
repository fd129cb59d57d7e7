"""Raw answers in the manners of many vision models, and what has to be read in each.

``chains`` is (Dimension, clues, conclusion) in order; ``None`` for an answer that can't be read.
"""

from __future__ import annotations

from typing import NamedTuple

T, L, R, S, E, C, M = (
    "time",
    "location",
    "character_role",
    "character_relationship",
    "event",
    "event_causal_relationship",
    "mental_state",
)


class Answer(NamedTuple):
    text: str
    chains: list[tuple[str, list[str], str]] | None
    description: str = ""
    left_out: str = ""
    refused: bool = False


ANSWERS: dict[str, Answer] = {
    "as asked": Answer(
        "Time: candles on a cake + paper hats -> It is a birthday.\n"
        "Location: None\n"
        "Character Role: None\n"
        "Character Relationship: same red hair -> The two are sisters.\n"
        "Event: the dog's nose in the cake + frosting on its ear -> The dog is eating the cake.\n"
        "Event: girl with a knife and a plate -> She was about to cut the cake.\n"
        "Event Causal Relationship: door left ajar + dog -> Because the door was open, the dog got in.\n"
        "Mental State: None\n"
        "Description: Two girls stand at a table.",
        [
            (T, ["candles on a cake", "paper hats"], "It is a birthday."),
            (S, ["same red hair"], "The two are sisters."),
            (
                E,
                ["the dog's nose in the cake", "frosting on its ear"],
                "The dog is eating the cake.",
            ),
            (E, ["girl with a knife and a plate"], "She was about to cut the cake."),
            (C, ["door left ajar", "dog"], "Because the door was open, the dog got in."),
        ],
        "Two girls stand at a table.",
    ),
    "bold numbered headings, bullets": Answer(
        "Sure! Here is what I can see in the picture:\n\n"
        "1. **Special Time:** None.\n"
        "2. **Special Location:**\n"
        "   - red cross on the door + row of beds → This is a hospital ward.\n"
        "3. **Character Role:**\n"
        "   - white coat + stethoscope → The woman is a doctor.\n"
        "   - striped pyjamas + drip stand → The boy is a patient.\n"
        "4. **Character Relationship:** There is no obvious relationship beyond doctor and patient.\n"
        "5. **High-level Event:**\n"
        "   - syringe behind her back + open picture book → The doctor distracts the boy.\n"
        "6. **Event Causal Relationship:** N/A\n"
        "7. **Mental State:**\n"
        "   - wide eyes + smile → The boy is delighted.\n\n"
        "**Description:** A doctor shows a boy a book.\nHer other hand is hidden.",
        [
            (L, ["red cross on the door", "row of beds"], "This is a hospital ward."),
            (R, ["white coat", "stethoscope"], "The woman is a doctor."),
            (R, ["striped pyjamas", "drip stand"], "The boy is a patient."),
            (E, ["syringe behind her back", "open picture book"], "The doctor distracts the boy."),
            (M, ["wide eyes", "smile"], "The boy is delighted."),
        ],
        "A doctor shows a boy a book. Her other hand is hidden.",
    ),
    "hash headings, other arrows": Answer(
        "### Special Time\nlong shadows; orange sky ⇒ It is late afternoon.\n\n"
        "### Special Location\nThere is no special location.\n\n"
        "### Character Role\nwhistle; tracksuit => The man is a coach.\n\n"
        "### Character Relationship\nDo not have obvious character relationship.\n\n"
        "### High-level Event\nfinish tape; raised arms ⇒ A race has just been won.\n\n"
        "### Event Causal Relationship\nuntied lace; runner on the ground => "
        "Because the lace was untied, the runner fell.\n\n"
        "### Mental State\nhand before his mouth ⇒ The coach is shocked.\n\n"
        "### Description\nRunners near the end of a track.",
        [
            (T, ["long shadows", "orange sky"], "It is late afternoon."),
            (R, ["whistle", "tracksuit"], "The man is a coach."),
            (E, ["finish tape", "raised arms"], "A race has just been won."),
            (
                C,
                ["untied lace", "runner on the ground"],
                "Because the lace was untied, the runner fell.",
            ),
            (M, ["hand before his mouth"], "The coach is shocked."),
        ],
        "Runners near the end of a track.",
    ),
    "clues and conclusion as labels": Answer(
        "**Special Time**\n- Clues: pumpkin lantern, bare trees and a witch's hat\n"
        "- Conclusion: It is Halloween.\n\n"
        "**Special Location**\n- Clues: None\n- Conclusion: None\n\n"
        "**Character Role**\n- Clues: None\n- Conclusion: None\n\n"
        "**Character Relationship**\n- Clues: an arm round his shoulders\n"
        "- Conclusion: They are friends.\n\n"
        "**High-level Event**\n- Clues: sack of sweets; open door\n"
        "- Conclusion: Children are trick-or-treating.\n\n"
        "**Event Causal Relationship**\n- Clues: None\n"
        "- Conclusion: There is no event causal relationship.\n\n"
        "**Mental State**\n- Clues: tears\n- Conclusion: The ghost is sad.\n\n"
        "**Description**\nThree children at a door.",
        [
            (T, ["pumpkin lantern", "bare trees", "a witch's hat"], "It is Halloween."),
            (S, ["an arm round his shoulders"], "They are friends."),
            (E, ["sack of sweets", "open door"], "Children are trick-or-treating."),
            (M, ["tears"], "The ghost is sad."),
        ],
        "Three children at a door.",
    ),
    "labels with (s), lists by commas, a rule": Answer(
        "Here are the features:\n\n**1. Special Time**  \n"
        "- **Clue(s):** Clock at 12:00; party hats and confetti.  \n"
        "- **Conclusion:** It is New Year's Eve.\n\n**2. Special Location**  \n- None\n\n"
        "**3. Character Role**  \n- **Clue(s):** Tray with glasses, bow tie  \n"
        "- **Conclusion(s):** The man is a waiter.\n\n**4. Event Causal Relationship**\n"
        "- Because a child ran into him, the waiter dropped a glass.\n\n---\n\n"
        "**Description**  \nA party.",
        [
            (T, ["Clock at 12:00", "party hats and confetti"], "It is New Year's Eve."),
            (R, ["Tray with glasses", "bow tie"], "The man is a waiter."),
            (C, [], "Because a child ran into him, the waiter dropped a glass."),
        ],
        "A party.",
        "Character Relationship, Event, Mental State",
    ),
    "conclusion before its clues": Answer(
        "### 1. **Special Location**\n   - **Clues**: Swings and slide\n"
        "   - **Conclusion**: Playground.\n\n### 2. **High-Level Event**\n"
        "   - **Conclusion**: A family outing.\n   - **Clues**: Picnic basket; ball\n\n"
        "### 3. **Mental State**\n   - **Clues**:\n     - Smiles\n   - **Conclusion**: Happy.\n\n"
        "### **Overall Description**\n   The picture shows a playground.",
        [
            (L, ["Swings and slide"], "Playground."),
            (E, ["Picnic basket", "ball"], "A family outing."),
            (M, ["Smiles"], "Happy."),
        ],
        "The picture shows a playground.",
        "Time, Character Role, Character Relationship, Event Causal Relationship",
    ),
    "nested clue lists": Answer(
        "1) Special Location\n   Clues:\n   - deck chairs\n   - sea behind the railing\n"
        "   Conclusion: They are on a ship.\n"
        "2) High-level Event\n   Clues:\n   - suitcase in the water\n   - pointing woman\n"
        "   Conclusion: Luggage has gone overboard.\n"
        "3) Mental State\n   Clues:\n   - wringing hands\n   Conclusion: She is desperate.\n",
        [
            (L, ["deck chairs", "sea behind the railing"], "They are on a ship."),
            (E, ["suitcase in the water", "pointing woman"], "Luggage has gone overboard."),
            (M, ["wringing hands"], "She is desperate."),
        ],
        left_out="Time, Character Role, Character Relationship, Event Causal Relationship",
    ),
    "clues that are names of headings": Answer(
        "Time:\n- a note\n- title\n- time\n→ It is late.\nLocation: None\n"
        "Event: a note + an event + an image -> People meet.\n"
        "Note: The picture is blurred.\nMental State: None",
        [
            (T, ["a note", "title", "time"], "It is late."),
            (E, ["a note", "an event", "an image"], "People meet."),
        ],
        left_out="Character Role, Character Relationship, Event Causal Relationship",
    ),
    "arrow on a line of its own": Answer(
        "Special Time:\n- frost on the panes\n- lit candles\n→ It is a winter evening.\n\n"
        "Event:\n- a torn letter\n- an open purse\n-> Somebody has had bad news about money.\n\n"
        "Mental State:\n- head in hands\n--> The man despairs.",
        [
            (T, ["frost on the panes", "lit candles"], "It is a winter evening."),
            (E, ["a torn letter", "an open purse"], "Somebody has had bad news about money."),
            (M, ["head in hands"], "The man despairs."),
        ],
        left_out="Location, Character Role, Character Relationship, Event Causal Relationship",
    ),
    "another order, description first": Answer(
        "Description: A kitchen in disorder.\n\n"
        "Mental State: (a) raised eyebrows + open mouth -> The cook is surprised. \n"
        "(b) tail between its legs -> The dog feels guilty.\n"
        "Event Causal Relationship: Because the dog jumped up, the pot fell.\n"
        "High-level Event: pot on the floor + soup -> Lunch is lost.\n"
        "Character Relationship: None\nCharacter Role: None\nSpecial Location: None\n"
        "Special Time: None",
        [
            (E, ["pot on the floor", "soup"], "Lunch is lost."),
            (C, [], "Because the dog jumped up, the pot fell."),
            (M, ["raised eyebrows", "open mouth"], "The cook is surprised."),
            (M, ["tail between its legs"], "The dog feels guilty."),
        ],
        "A kitchen in disorder.",
    ),
    "code fence": Answer(
        "```\nTime: None\nLocation: None\nCharacter Role: None\nCharacter Relationship: None\n"
        "Event: None\nEvent Causal Relationship: None\nMental State: None\n"
        "Description: A grey wall.\n```",
        [],
        "A grey wall.",
    ),
    "JSON in a fence": Answer(
        '```json\n{"Special Time": "None", "Special Location": [{"clues": ["gangway", "gulls"], '
        '"conclusion": "This is a harbour."}], "Character Role": "cap + oar -> The man is a '
        'ferryman.", "Character Relationship": [], "High-level Event": ["waving hands -> They say '
        'goodbye."], "Event Causal Relationship": null, "Mental State": {"visual_clues": '
        '"handkerchief at her eyes", "conclusion": "She grieves."}, "Description": "A quay."}\n```',
        [
            (L, ["gangway", "gulls"], "This is a harbour."),
            (R, ["cap", "oar"], "The man is a ferryman."),
            (E, ["waving hands"], "They say goodbye."),
            (M, ["handkerchief at her eyes"], "She grieves."),
        ],
        "A quay.",
    ),
    "a table": Answer(
        "| Category | Clues | Conclusion |\n|---|---|---|\n"
        "| Special Time | clock at 12 + fireworks | It is New Year. |\n"
        "| Special Location | None | None |\n"
        "| Character Role | none | no special role |\n"
        "| Mental State | closed eyes<br>folded hands | The boy is making a wish. |\n\n"
        "Description: A boy at a window.",
        [
            (T, ["clock at 12", "fireworks"], "It is New Year."),
            (M, ["closed eyes", "folded hands"], "The boy is making a wish."),
        ],
        "A boy at a window.",
        "Character Relationship, Event, Event Causal Relationship",
    ),
    "sentences without arrows": Answer(
        "Special Time: The low sun and the long shadows suggest that it is evening.\n"
        "Special Location: It is a station, as indicated by the rails and the big clock.\n"
        "Character Role: The man is a porter.\n"
        "Character Relationship: None of the clues points to a family; they are strangers.\n"
        "High-level Event: A train is missed.\n"
        "Event Causal Relationship: Because the man stopped to tie his shoe, he missed the train.\n"
        "Mental State: His slumped shoulders indicate resignation.",
        [
            (T, ["The low sun", "the long shadows"], "It is evening."),
            (L, ["the rails", "the big clock"], "It is a station"),
            (R, [], "The man is a porter."),
            (S, [], "None of the clues points to a family; they are strangers."),
            (E, [], "A train is missed."),
            (C, [], "Because the man stopped to tie his shoe, he missed the train."),
            (M, ["His slumped shoulders"], "Resignation."),
        ],
    ),
    "thoughts before the answer": Answer(
        "<think>Time: maybe a clock -> noon? Let me look again.</think>\n"
        "Time: None\nLocation: None\nEvent: spilled ink + cat on the desk -> The cat spilled it.",
        [(E, ["spilled ink", "cat on the desk"], "The cat spilled it.")],
        left_out="Character Role, Character Relationship, Event Causal Relationship, Mental State",
    ),
    "Windows lines, tabs, bold chains": Answer(
        "**1. Time:** None\r\n**2. Location:**\t*wet sand* + **shells** -> **A beach.**\r\n"
        "**3. Event:** None identified in the image.\r\n**4. Mental state:** Not applicable.\r\n",
        [(L, ["wet sand", "shells"], "A beach.")],
        left_out="Character Role, Character Relationship, Event Causal Relationship",
    ),
    "bold headings without colon": Answer(
        "**Special Time** None\n**Special Location** None\n"
        "**High-level Event** ladder + window -> A burglary.\n**Mental States** None",
        [(E, ["ladder", "window"], "A burglary.")],
        left_out="Character Role, Character Relationship, Event Causal Relationship",
    ),
    "dashes as separators": Answer(
        "Special Time - None\nSpecial Location – park bench + pond → A park.\n"
        "Character Relationship — same scarf → A couple.\nMental State - None",
        [(L, ["park bench", "pond"], "A park."), (S, ["same scarf"], "A couple.")],
        left_out="Character Role, Event, Event Causal Relationship",
    ),
    "CogBench's manner": Answer(
        "Special Time Reasoning: None\n"
        "Location Reasoning: Blackboard. + Desks in rows. -> It is in a classroom.\n"
        "Character Reasoning: Chalk in her hand. + Blackboard. -> The woman is a teacher.\n"
        "Next Moment Event Reasoning: The cup tilts. -> The cup will fall.\n"
        "Event Relationship Reasoning: None\nMental State Reasoning: None",
        [
            (L, ["Blackboard", "Desks in rows"], "It is in a classroom."),
            (R, ["Chalk in her hand", "Blackboard"], "The woman is a teacher."),
        ],
        left_out="Character Relationship, Event",
    ),
    "several chains in one line": Answer(
        "Time: None\nLocation: None\n"
        "Event: hook + bent rod -> A fish bites. wet boots + bucket -> They fish from the pier.\n"
        "Mental State: bitten lip -> He concentrates; thumbs up -> She cheers him on.",
        [
            (E, ["hook", "bent rod"], "A fish bites"),
            (E, ["wet boots", "bucket"], "They fish from the pier."),
            (M, ["bitten lip"], "He concentrates"),
            (M, ["thumbs up"], "She cheers him on."),
        ],
        left_out="Character Role, Character Relationship, Event Causal Relationship",
    ),
    "a deduction in steps": Answer(
        "Time: None\nLocation: None\nEvent: smoke -> something burns -> lunch is ruined",
        [(E, ["smoke"], "something burns; lunch is ruined")],
        left_out="Character Role, Character Relationship, Event Causal Relationship, Mental State",
    ),
    "wrapped lines": Answer(
        "Time: None\nLocation: None\nEvent: a broken vase on the rug + a ball under\n"
        "the sofa -> The children have\nbroken the vase.\nMental State: None",
        [
            (
                E,
                ["a broken vase on the rug", "a ball under the sofa"],
                "The children have broken the vase.",
            )
        ],
        left_out="Character Role, Character Relationship, Event Causal Relationship",
    ),
    "ways of saying none": Answer(
        "Special Time: There is no special time indicated in the image.\n"
        "Special Location: The image does not show any specific location.\n"
        "Character Role: I'm sorry, I can't identify the people in this image.\n"
        "Character Relationship: No clear relationship can be inferred.\n"
        "High-level Event: - None (no obvious event).\n"
        "Event Causal Relationship: Not applicable, as nothing happens.\n"
        "Mental State: The emotional state cannot be determined.\n"
        "Description: None",
        [],
    ),
    "what only looks like none": Answer(
        "Time: None\nLocation: None\n"
        "Event: empty hooks + bare table -> There is no food left in the house.\n"
        "Event Causal Relationship: Because nobody watched, nothing was saved.\n"
        "Mental State: dry eyes -> She does not show any fear.\n",
        [
            (E, ["empty hooks", "bare table"], "There is no food left in the house."),
            (C, [], "Because nobody watched, nothing was saved."),
            (M, ["dry eyes"], "She does not show any fear."),
        ],
        left_out="Character Role, Character Relationship",
    ),
    "cut in the middle": Answer(
        "Special Time: None\nSpecial Location: None\nCharacter Role: apron + ladle -> A cook.\n"
        "Character Relationship: None\nHigh-level Event: smoke + open oven ->",
        [(R, ["apron", "ladle"], "A cook."), (E, ["smoke", "open oven"], "")],
        left_out="Event Causal Relationship, Mental State",
    ),
    "a loop": Answer(
        "Time: None\nLocation: None\nEvent:\n" + "- a dog + a ball -> They play.\n" * 60,
        [(E, ["a dog", "a ball"], "They play.")],
        left_out="Character Role, Character Relationship, Event Causal Relationship, Mental State",
    ),
    "a refusal": Answer("I'm sorry, but I can't assist with that request.", None, refused=True),
    "no picture seen": Answer(
        "I don't see an image attached. Please upload the image so that I can analyse it.",
        None,
        refused=True,
    ),
    "prose instead of categories": Answer(
        "The picture shows a man at a desk. He looks tired, and behind him a window is open.", None
    ),
    "nothing": Answer("   \n ", None),
    "category names in prose": Answer(
        "Here I describe time, location and event as asked: a man sleeps.", None
    ),
    "square brackets and a colon of another script": Answer(
        "[Special Time]: None\n【Special Location】:None\n[High-level Event]: broken chain + "
        "oily hands -> The bicycle is being mended.",
        [(E, ["broken chain", "oily hands"], "The bicycle is being mended.")],
        left_out="Character Role, Character Relationship, Event Causal Relationship, Mental State",
    ),
}
