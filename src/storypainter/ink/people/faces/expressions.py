"""Mental states as numbers: what lids, brows, mouth and head do in each.

``STATES`` holds the states that differ on paper. Words that nobody could tell apart by a face
share one of them through ``ALIASES``; ``EXPRESSIONS`` knows both kinds of word.
"""

from __future__ import annotations

from dataclasses import replace

from storypainter.ink.people.faces.state import Expression, Pair, blend


def _both(value: float) -> Pair:
    return value, value


_CHEERFUL: dict[str, Expression] = {
    "neutral": Expression(),
    "content": Expression(
        upper=_both(0.22), lower=_both(0.06), brow=_both(1.5), brow_arch=0.75, wide=11.0,
        corners=0.8, blush=0.2,
    ),
    "happy": Expression(
        upper=_both(0.06), lower=_both(0.1), pupil=1.08, brow=_both(3.5), brow_arch=0.85,
        mouth="open", wide=13.5, open=0.5, corners=1.0, teeth=True, blush=0.4,
    ),
    "amused": Expression(
        closed="smile", brow=(1.0, 8.0), brow_tilt=(0.0, -0.2), brow_arch=1.0, wide=13.0,
        corners=0.9, skew=2.6, blush=0.5, tilt=9, pitch=-0.3,
    ),
    "laughing": Expression(
        closed="smile", brow=_both(4.0), brow_arch=0.9, mouth="open", wide=15.0, open=1.05,
        corners=0.95, teeth=True, jaw=5.0, blush=0.6, tilt=-14, pitch=0.7,
    ),
    "proud": Expression(
        upper=_both(0.5), lower=_both(0.18), gaze=(0.6, 0.4), brow=_both(8.0), brow_arch=1.15,
        wide=14.0, corners=1.1, blush=0.3, tilt=-20, pitch=1.0, sink=-8.0,
    ),
    "relieved": Expression(
        closed="rest", brow=_both(4.0), brow_tilt=_both(1.0), brow_arch=0.3, mouth="open",
        wide=10.0, open=0.26, corners=0.7, sweat=1, tilt=5, pitch=-0.2, sink=2.0, mark="breath",
    ),
    "loving": Expression(
        upper=_both(0.24), lower=_both(0.1), pupil=1.3, shine=True, brow=_both(3.5),
        brow_tilt=_both(0.8), brow_arch=0.8, wide=11.5, corners=1.0, blush=1.3, tilt=11,
        pitch=-0.1, mark="hearts",
    ),
    "excited": Expression(
        upper=_both(0.0), pupil=1.2, eye=1.12, shine=True, brow=_both(7.5), brow_arch=1.0,
        mouth="open", wide=15.5, open=1.05, corners=0.95, teeth=True, jaw=5.0, blush=0.6,
        tilt=-4, pitch=0.3, sink=-2.0,
    ),
    "hopeful": Expression(
        upper=_both(0.0), pupil=1.25, eye=1.1, shine=True, gaze=(0.55, -0.75), brow=_both(7.0),
        brow_tilt=_both(1.5), brow_arch=0.2, mouth="open", wide=8.5, open=0.16, corners=0.8,
        teeth=True, blush=0.3, tilt=-9, pitch=0.7, sink=-3.0,
    ),
    "daydreaming": Expression(
        upper=_both(0.3), pupil=1.12, gaze=(-0.45, -1.0), brow=_both(4.5),
        brow_tilt=_both(0.5), brow_arch=0.8, wide=6.5, corners=0.6, blush=0.3, tilt=13,
        pitch=0.5, sink=2.0, mark="thought",
    ),
    "sly": Expression(
        upper=_both(0.44), lower=_both(0.2), slant=-0.4, gaze=(0.95, 0.0), brow=(-3.0, 5.5),
        brow_tilt=(-0.8, -0.3), brow_arch=0.7, mouth="smirk", wide=12.5, corners=0.5, skew=3.4,
        tilt=7, pitch=-0.4,
    ),
}  # fmt: skip

_WAKEFUL: dict[str, Expression] = {
    "curious": Expression(
        upper=_both(0.03), pupil=1.1, eye=1.08, gaze=(0.85, 0.1), brow=(2.5, 8.5),
        brow_tilt=(0.0, 0.2), brow_arch=1.0, mouth="line", wide=6.0, corners=0.6, tilt=13,
    ),
    "surprised": Expression(
        upper=_both(0.0), pupil=0.9, eye=1.16, brow=_both(7.5), brow_arch=1.25, mouth="o",
        wide=5.0, open=0.5, jaw=4.0, forehead=True, tilt=-3, pitch=-0.25, mark="rays",
    ),
    "shocked": Expression(
        upper=_both(0.0), pupil=0.56, eye=1.3, brow=_both(8.5), brow_tilt=_both(0.4),
        brow_arch=1.1, mouth="o", wide=8.4, open=1.2, jaw=9.0, tint=("#ffffff", 0.15), tilt=-9,
        pitch=-0.25, forehead=True, mark="rays",
    ),
    "confused": Expression(
        upper=(0.04, 0.36), lower=(0.0, 0.1), pupil=0.9, gaze=(-0.25, -0.7), brow=(8.0, -3.0),
        brow_tilt=(0.5, -0.7), brow_arch=0.6, mouth="wavy", wide=9.0, corners=-0.4, skew=1.6,
        tilt=14, furrow=True, mark="question",
    ),
    "concentrating": Expression(
        upper=_both(0.36), slant=-0.3, gaze=(0.35, 0.95), brow=_both(-3.2), brow_tilt=_both(-0.6),
        brow_arch=0.2, mouth="tongue", wide=8.5, corners=0.15, skew=0.5, furrow=True, tilt=13,
        pitch=-1.0, sink=2.0,
    ),
    "determined": Expression(
        upper=_both(0.24), lower=_both(0.08), slant=-0.6, gaze=(0.5, -0.15), brow=_both(-3.6),
        brow_tilt=_both(-1.05), brow_arch=0.25, mouth="press", wide=10.5, corners=0.3, tilt=-5,
        pitch=0.2, sink=-2.0, furrow=True,
    ),
    "bored": Expression(
        upper=_both(0.56), gaze=(-0.75, 0.0), brow=_both(0.0), brow_arch=0.05, wide=9.0,
        corners=-0.2, skew=-1.8, tilt=14, pitch=-0.1, sink=2.0,
    ),
    "tired": Expression(
        upper=(0.6, 0.66), lower=_both(0.05), slant=0.4, gaze=(0.1, 0.6), brow=_both(3.0),
        brow_tilt=_both(1.0), brow_arch=0.2, mouth="open", wide=6.0, open=0.3, corners=-0.6,
        bags=True, tilt=13, pitch=-0.7, sink=5.0,
    ),
    "asleep": Expression(
        closed="rest", brow=_both(0.5), brow_arch=0.5, mouth="o", wide=3.2, open=0.3, tilt=19,
        pitch=-1.0, sink=5.0, mark="sleep",
    ),
}  # fmt: skip

_FEARFUL: dict[str, Expression] = {
    "afraid": Expression(
        upper=_both(0.0), pupil=0.62, eye=1.22, brow=_both(7.0), brow_tilt=_both(1.5),
        brow_arch=-0.3, mouth="grit", wide=12.5, open=0.5, corners=-0.75, sweat=1,
        tint=("#b9d2dd", 0.16), tilt=-10, sink=5.0, forehead=True, mark="spray",
    ),
    "anxious": Expression(
        upper=_both(0.08), pupil=0.8, eye=1.04, gaze=(0.75, 0.2), brow=_both(4.0),
        brow_tilt=_both(1.6), brow_arch=-0.3, mouth="wavy", wide=11.0, corners=-0.5, sweat=2,
        tilt=4, sink=3.0, forehead=True,
    ),
    "sad": Expression(
        upper=_both(0.3), slant=0.6, pupil=1.08, gaze=(0.2, 0.6), brow=_both(2.5),
        brow_tilt=_both(1.6), brow_arch=-0.3, wide=10.0, corners=-1.05, tilt=10, pitch=-0.7,
        sink=3.0,
    ),
    "crying": Expression(
        closed="squeeze", brow=_both(1.5), brow_tilt=_both(1.5), brow_arch=-0.3, mouth="open",
        wide=12.0, open=0.75, corners=-0.9, jaw=4.0, tears=2, blush=0.6, tilt=5, pitch=-0.2,
        sink=3.0,
    ),
    "disappointed": Expression(
        upper=_both(0.5), slant=0.35, gaze=(0.1, 0.9), brow=_both(0.5), brow_tilt=_both(0.9),
        brow_arch=0.0, mouth="press", wide=10.0, corners=-0.55, skew=-1.6, tilt=16, pitch=-1.0,
        sink=4.0,
    ),
    "guilty": Expression(
        upper=_both(0.3), slant=0.3, pupil=0.92, gaze=(-0.95, 0.6), brow=_both(3.0),
        brow_tilt=_both(1.6), brow_arch=-0.4, mouth="press", wide=8.0, corners=-0.35, skew=-0.6,
        tilt=14, pitch=-0.9, sink=7.0,
    ),
    "embarrassed": Expression(
        upper=_both(0.26), lower=_both(0.16), slant=0.3, pupil=0.86, gaze=(0.85, 0.55),
        brow=_both(4.0), brow_tilt=_both(1.4), brow_arch=-0.1, mouth="grit", wide=11.0, open=0.22,
        corners=0.75, blush=2.0, sweat=1, tilt=6, pitch=-0.5, sink=4.0,
    ),
    "shy": Expression(
        upper=_both(0.3), slant=0.2, pupil=1.12, gaze=(-0.5, 0.8), brow=_both(3.5),
        brow_tilt=_both(0.9), brow_arch=0.5, wide=6.2, corners=0.95, blush=1.5, tilt=15,
        pitch=-1.0, sink=5.0,
    ),
    "in pain": Expression(
        closed="squeeze", brow=_both(-2.5), brow_tilt=_both(-0.7), brow_arch=-0.2, mouth="grit",
        wide=12.5, open=0.62, corners=-0.55, sweat=1, tears=1, furrow=True, nose_wrinkle=True,
        tilt=8, pitch=-0.2, sink=4.0,
    ),
}  # fmt: skip

_CROSS: dict[str, Expression] = {
    "angry": Expression(
        upper=_both(0.3), slant=-0.85, pupil=0.9, brow=_both(-4.2), brow_tilt=_both(-1.45),
        brow_arch=0.1, mouth="line", wide=11.0, corners=-1.0, furrow=True, blush=0.5,
        tint=("#d9503c", 0.14), tilt=7, pitch=-0.4, sink=2.0,
    ),
    "furious": Expression(
        upper=_both(0.22), lower=_both(0.06), slant=-0.95, pupil=0.66, eye=1.08, brow=_both(-4.6),
        brow_tilt=_both(-1.75), brow_arch=0.1, mouth="snarl", wide=14.0, open=0.95, corners=-0.55,
        teeth=True, jaw=5.0, furrow=True, nose_wrinkle=True, blush=1.2, tint=("#dd4a33", 0.26),
        tilt=9, sink=2.0, mark="steam",
    ),
    "disgusted": Expression(
        upper=_both(0.34), lower=_both(0.26), slant=-0.3, pupil=0.86, gaze=(-0.6, 0.2),
        brow=(-3.4, -2.0), brow_tilt=(-1.1, -0.8), brow_arch=0.1, mouth="yuck", wide=11.5, open=0.5, corners=-1.0,
        skew=1.6, nose_wrinkle=True, tint=("#a3b95e", 0.2), tilt=-12, pitch=0.1,
    ),
    "disapproving": Expression(
        upper=(0.44, 0.3), lower=_both(0.1), gaze=(0.6, 0.35), brow=(-4.2, 5.5),
        brow_tilt=(-0.7, -0.3), brow_arch=0.5, mouth="press", wide=11.5, corners=-1.0, tilt=-9,
        pitch=0.6, sink=-2.0,
    ),
    "impatient": Expression(
        upper=_both(0.3), gaze=(0.15, -1.0), brow=_both(-1.4), brow_tilt=_both(-0.5),
        brow_arch=0.2, mouth="press", wide=9.5, corners=-0.3, skew=-3.0, furrow=True, tilt=-7,
        pitch=0.3,
    ),
    "jealous": Expression(
        upper=_both(0.4), lower=_both(0.2), slant=-0.45, pupil=0.9, gaze=(-1.0, 0.05),
        brow=_both(-3.0), brow_tilt=_both(-0.95), brow_arch=0.2, mouth="press", wide=8.0,
        corners=-0.75, skew=1.2, furrow=True, tilt=5, pitch=-0.3,
    ),
}  # fmt: skip

#: The states that a face alone can tell apart.
STATES: dict[str, Expression] = {**_CHEERFUL, **_WAKEFUL, **_FEARFUL, **_CROSS}

#: Words whose faces nobody could tell apart from a state's: word -> state.
ALIASES: dict[str, str] = {
    "affectionate": "loving",
    "amazed": "surprised",
    "annoyed": "impatient",
    "ashamed": "guilty",
    "astonished": "surprised",
    "calm": "content",
    "cheerful": "happy",
    "delighted": "excited",
    "enraged": "furious",
    "envious": "jealous",
    "exhausted": "tired",
    "focused": "concentrating",
    "frightened": "afraid",
    "horrified": "shocked",
    "interested": "curious",
    "joyful": "happy",
    "lonely": "sad",
    "mischievous": "sly",
    "nervous": "anxious",
    "nostalgic": "daydreaming",
    "puzzled": "confused",
    "scared": "afraid",
    "sleeping": "asleep",
    "sleepy": "tired",
    "smiling": "content",
    "unhappy": "sad",
    "worried": "anxious",
}

#: Every word that a Scene may use.
EXPRESSIONS: dict[str, Expression] = {
    **STATES,
    **{word: STATES[state] for word, state in ALIASES.items()},
}

#: The faces that some poses imply where a Scene leaves the face neutral. Heads of who lies or
#: nods are already turned by the pose, so these do not tilt them.
POSE_FACES: dict[str, Expression] = {
    "sleep": replace(STATES["asleep"], tilt=0.0, sink=0.0),
    "sleep sitting": replace(STATES["asleep"], tilt=0.0, sink=2.0),
    "faint": replace(STATES["asleep"], tilt=0.0, sink=0.0, mark=None),
    "pray": Expression(closed="rest", brow=_both(1.5), brow_tilt=_both(0.5), corners=0.2),
    "yawn": Expression(
        closed="squeeze", brow=_both(3.0), brow_tilt=_both(0.6), brow_arch=0.5, mouth="o",
        wide=7.2, open=1.2, jaw=7.0, tears=1, tilt=-6,
    ),
    "cry": replace(STATES["crying"], tilt=0.0),
    "gasp": replace(STATES["shocked"], tint=None, tilt=0.0, mark=None),
    "shield": replace(STATES["afraid"], tint=None, tilt=0.0, sink=2.0, mark=None),
    "slip": replace(STATES["shocked"], tint=None, tilt=0.0, mark=None),
    "fall": replace(STATES["shocked"], tint=None, tilt=0.0, mark=None),
    "limp": replace(STATES["in pain"], tears=0, tilt=0.0),
    "hold belly": replace(STATES["in pain"], tears=0, tilt=0.0),
    "cheer": replace(STATES["excited"], tilt=0.0, sink=0.0),
    "blow": Expression(
        upper=_both(0.2), brow=_both(4.0), brow_arch=0.8, mouth="o", wide=2.8, open=0.1,
        blush=0.8,
    ),
    "bow": Expression(upper=_both(0.6), gaze=(0.3, 0.95), corners=0.2),
}  # fmt: skip


def face_of(word: str, pose: str) -> Expression:
    """The state of a word; a neutral face becomes the one that the pose implies, if it does.

    Raises:
        KeyError: ``word`` is not in ``EXPRESSIONS``.
    """
    found = EXPRESSIONS[word]
    return POSE_FACES.get(pose, found) if word == "neutral" else found


def at_intensity(word: str, intensity: float) -> Expression:
    """A state felt more or less: 0 is neutral, 1 the full state; values between blend.

    Raises:
        KeyError: ``word`` is not in ``EXPRESSIONS``.
    """
    return blend(STATES["neutral"], EXPRESSIONS[word], intensity)
