"""Key frames of a video, one a scene; runs in a process of its own (see ``apart``)."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path
from typing import Any

from storypainter.sequences.reading.refusals import Refused
from storypainter.sequences.reading.texts import clock
from storypainter.sequences.reading.wishes import MAX_VIDEO_SECONDS, Wishes, chosen

#: So many frames of a video without cuts, as many as a story of photographs has.
EVEN = 5
#: Of a scene these are compared, as shares of its length, and the sharpest is taken: the middle of
#: a scene shows what it is about, and its ends are often blurred or fading.
_SHARES = (0.3, 0.5, 0.7)
_QUALITY = 95
#: A container's count of frames is an estimate.
_WHOLE = 0.9


def key_frames(file: str, folder: str, wishes: dict[str, Any]) -> dict[str, Any]:
    """Find the scenes of a video and write one frame of each into ``folder`` as JPEG.

    Scenes are cut where neighbouring frames differ in hue, saturation and lightness, and where the
    picture fades to black and comes back (PySceneDetect's content and threshold detectors with
    their own thresholds, https://www.scenedetect.com). A dissolve from one shot into the next is
    no cut for them: both shots are one scene.

    Returns:
        ``seconds`` (how long the video is), ``cuts`` (how many), ``broken`` (why it ends early, or
        empty) and ``frames``: ``file``, ``start``, ``end``, ``at`` in seconds, and ``scene``, its
        number among all that were found (None in a video without cuts).

    Raises:
        ImportError: scenedetect or opencv isn't installed.
        Refused: no video, too long, too many scenes.
    """
    import scenedetect

    wished = Wishes.model_validate(wishes)
    try:
        video = scenedetect.open_video(file)
    except (scenedetect.VideoOpenFailure, OSError, ValueError, ArithmeticError):
        raise Refused("unreadable", "not a video that can be decoded") from None
    rate = float(video.frame_rate)
    said = video.duration.frame_num if video.duration is not None else 0
    if not 0 < rate < 1000:
        raise Refused("unreadable", "it says no number of frames a second")
    if said / rate > MAX_VIDEO_SECONDS:
        raise Refused("too large", f"{said / rate / 3600:.1f} hours of video, 4 at most")
    manager = scenedetect.SceneManager()
    manager.add_detector(scenedetect.ContentDetector())
    manager.add_detector(scenedetect.ThresholdDetector())
    # A container that lies about its length must not be read for days.
    read = manager.detect_scenes(video, duration=float(MAX_VIDEO_SECONDS))
    if not read:
        raise Refused("unreadable", "not one frame of it can be decoded")
    scenes = [(start.frame_num, end.frame_num) for start, end in manager.get_scene_list()]
    cuts = max(0, len(scenes) - 1)
    if not cuts:
        count = min(max(EVEN, wished.frames_min), wished.frames_max, read)
        edges = [each * read // count for each in range(count + 1)]
        scenes = list(pairwise(edges))
    numbers = chosen(len(scenes), wished) if cuts else range(len(scenes))
    wanted = [scenes[each] for each in numbers]
    broken = ""
    if said and read < _WHOLE * said - 2:
        broken = f"it breaks off after {clock(read / rate)} of {clock(said / rate)}"
    return {
        "seconds": read / rate,
        "cuts": cuts,
        "broken": broken,
        "frames": [
            {**frame, "scene": number if cuts else None}
            for number, frame in zip(
                numbers,
                _written(file, Path(folder), wanted, rate, wished.side, sharpest=bool(cuts)),
                strict=True,
            )
        ],
    }


def _written(
    file: str,
    folder: Path,
    scenes: list[tuple[int, int]],
    rate: float,
    side: int,
    *,
    sharpest: bool,
) -> list[dict[str, Any]]:
    """One frame of each scene. Frames are passed one by one: seeking is not exact in every codec."""
    import cv2

    shares = _SHARES if sharpest else (0.5,)
    wanted: dict[int, int] = {}
    for number, (start, end) in enumerate(scenes):
        for share in shares:
            wanted.setdefault(start + min(int((end - start) * share), end - start - 1), number)
    best: dict[int, tuple[float, int]] = {}
    capture = cv2.VideoCapture(file)
    try:
        for frame in range(max(wanted) + 1):
            if not capture.grab():
                break
            if frame not in wanted:
                continue
            decoded, pixels = capture.retrieve()
            if not decoded:
                continue
            number = wanted[frame]
            small = _bounded(pixels, side)
            sharp = float(cv2.Laplacian(cv2.cvtColor(small, cv2.COLOR_BGR2GRAY), cv2.CV_64F).var())
            if number not in best or sharp > best[number][0]:
                best[number] = (sharp, frame)
                cv2.imwrite(
                    str(folder / f"{number}.jpg"), small, [cv2.IMWRITE_JPEG_QUALITY, _QUALITY]
                )
    finally:
        capture.release()
    return [
        {
            "file": f"{number}.jpg" if number in best else None,
            "start": start / rate,
            "end": end / rate,
            "at": (best[number][1] if number in best else start) / rate,
        }
        for number, (start, end) in enumerate(scenes)
    ]


def _bounded(pixels: Any, side: int) -> Any:
    import cv2

    height, width = pixels.shape[:2]
    share = side / max(height, width)
    if share >= 1:
        return pixels
    size = (max(1, round(width * share)), max(1, round(height * share)))
    return cv2.resize(pixels, size, interpolation=cv2.INTER_AREA)
