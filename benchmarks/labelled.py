"""The public labelled sets: what each holds, where it can be had, and its rows.

The sets are other people's work and not part of this repository. A folder given as `--data` holds each as
`<name>.jsonl`, one object a line with `text` and its labels.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

Row = dict[str, Any]
PRACTICE = "practice"
"""British posts of our own writing, labelled by their writer: to fit on, never to judge by."""


@dataclass(frozen=True, slots=True)
class Set:
    """One labelled set: its file's stem, what it is, and where it can be had under which licence."""

    name: str
    what: str
    source: str


SETS = [
    Set("agg_congress", "tweets at members of Congress, uncivil or not",
        "Theocharis and others 2020, github.com/pablobarbera/incivility-sage-open, GPL-3"),
    Set("agg_olid_train", "tweets, offensive or not", "OLID, Zampieri and others 2019, research use, sites.google.com/site/offensevalsharedtask"),
    Set("agg_reddit", "Reddit comments, uncivil or not", "Davidson, Sun and Wojcieszak 2020, github.com/ssdavidson/reddit_incivility, BSD"),
    Set("agg_deliberative", "tweets at Congress, uncivil abuse or not", "github.com/kj2013/deliberative-politics"),
    Set("agg_ucc", "newspaper comments, six ways of being unhealthy",
        "Unhealthy Comments Corpus, Price and others 2020, github.com/conversationai/unhealthy-conversations, CC BY-NC-SA 4.0"),
    Set("judged_posts", "posts by US politicians, attack, rhetoric and invitation judged 0-3", "two readers of ours, on posts of rhet_dfe_partisan's kind"),
    Set("judged_questions", "questions in political posts, genuine, rhetorical or other", "two readers of ours"),
    Set("rhet_memes", "texts of memes with persuasion techniques", "SemEval-2021 task 6, propaganda.math.unipd.it/semeval2021task6, research use"),
    Set("rhet_babe", "news sentences, biased by word choice or not", "BABE, Spinde and others 2021, github.com/Media-Bias-Group, CC BY-NC-SA 4.0"),
    Set("rhet_dfe_partisan", "posts by US politicians, partisan or not", "CrowdFlower political social media, data.world/crowdflower"),
    Set("rhet_ptc_sentences", "news sentences with propaganda techniques", "SemEval-2020 task 11, propaganda.qcri.org, research use"),
    Set("q_nps", "chat posts with dialogue acts", "NPS Chat, in NLTK's data, non-commercial"),
    Set("q_swda", "spoken utterances with dialogue acts", "Switchboard dialogue acts, github.com/cgpotts/swda, CC BY-NC-SA 3.0"),
    Set("q_mrda_nomark", "meeting utterances without question marks", "ICSI MRDA, github.com/NathanDuran/MRDA-Corpus"),
    Set("rec_receptiveness", "texts on divisive issues, receptiveness judged", "Yeomans, Minson and others 2020, github.com/myeomans/DCR, MIT"),
    Set("rec_politeness_stack-exchange", "requests, politeness judged", "Danescu-Niculescu-Mizil and others 2013, convokit.cornell.edu, CC BY 4.0"),
]  # fmt: skip


def data_folder(folder: Path | None) -> Path:
    """The folder of sets; without it, or with one missing, says where each can be had and exits with 2."""
    missing = [one for one in SETS if folder is None or not (folder / f"{one.name}.jsonl").is_file()]
    if folder is not None and not missing:
        return folder
    print(
        "These sets are not in the folder given with --data:"
        if folder
        else "Give the folder of sets with --data:",
        file=sys.stderr,
    )
    for one in missing:
        print(f"  {one.name}.jsonl: {one.what}\n      {one.source}", file=sys.stderr)
    sys.exit(2)


@cache
def rows(folder: Path, name: str) -> list[Row]:
    """The rows of a set, in order; `practice` is our own, in this repository: the posts labelled as a whole."""
    if name == PRACTICE:
        return [row for row in _practice() if "attack" in row]
    with (folder / f"{name}.jsonl").open(encoding="utf-8") as file:
        return [json.loads(line) for line in file]


def _practice() -> Iterable[Row]:
    for file in sorted((Path(__file__).parent.parent / "corpora" / PRACTICE).glob("*.jsonl")):
        yield from (json.loads(line) for line in file.read_text("utf-8").splitlines())


def practice_questions() -> list[tuple[int, str, str, str]]:
    """The questions of our practice posts: number of the post, its text, the question, and G, R or O (neither)."""
    return [
        (number, row["text"], question, label)
        for number, row in enumerate(_practice())
        for question, label in row.get("questions", ())
    ]


@cache
def repeated(folder: Path) -> frozenset[str]:
    """Texts that stand in two sets or more; they are left out where anything is fitted."""
    seen: Counter[str] = Counter()
    for one in SETS:
        seen.update({_key(row["text"]) for row in rows(folder, one.name)})
    return frozenset(text for text, times in seen.items() if times > 1)


def once(folder: Path, name: str) -> list[bool]:
    """For each row of a set, whether its text stands in no other set."""
    twice = repeated(folder)
    return [_key(row["text"]) not in twice for row in rows(folder, name)]


def _key(text: str) -> str:
    return " ".join(text.split()).lower()


Label = Callable[[Row], bool]


def aggressive(row: Row) -> bool:
    """Whether a row was called an attack, by whatever name."""
    names = ("aggressive", "hostile", "antagonize", "dismissive", "condescending")
    return any(row.get(name) for name in (*names, "attack"))


def loaded(row: Row) -> bool:
    """Whether a row was called loaded, partisan or much of it rhetoric."""
    if "rhetoric" in row:
        return bool(row["rhetoric"] >= 2)
    if "techniques" in row:
        return any("Loaded" in technique for technique in row["techniques"])
    return bool(row.get("loaded", row.get("partisan")))


def texts(found: Iterable[Row]) -> list[str]:
    """Their texts."""
    return [row["text"] for row in found]
