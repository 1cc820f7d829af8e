"""Rules from YAML: every mistake of a folder found, each with its line."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from linter.checks import KINDS, LOOK_BACKS, Check, CheckReader, Kind, LookBack
from linter.errors import Mistake, MistakesError, listed, nearest
from linter.fields import Fields
from linter.finding import LEVELS, UNREADABLE, Level
from linter.fix import read_fix
from linter.lexicon import packaged_lexicons, rules_root
from linter.post import PLATFORMS, ROOM_KINDS, STAGES, Context, Post, Source
from linter.post_keys import read_context, read_rooms
from linter.rule import CHAPTERS, CLAUSES, STATUSES, WHERE_KEYS, Example, Examples, Rule, Where
from linter.yamlfile import Mapping as YamlMapping
from linter.yamlfile import Scalar, Sequence, read_yaml

MAX_MESSAGE = 100
_EVERY_KIND: dict[str, type[Kind] | type[LookBack]] = {**KINDS, **LOOK_BACKS}
_CLAUSES = "clauses.yaml"
PROFILES = "profiles"
"""The folder, among rules, whose files are profiles."""
WHERE_VALUES = {
    "platform": PLATFORMS,
    "room_kind": ROOM_KINDS,
    "stage": STAGES,
    "election": ("true", "false"),
    "paid": ("true", "false"),
    "images": ("true", "false"),
}


@dataclass(frozen=True, slots=True)
class RuleFile:
    """A rule's text and where it stands."""

    path: str
    chapter: str
    text: str
    packaged: bool = False

    @property
    def stem(self) -> str:
        """The file's name without its suffix, which is the rule's id."""
        return self.path.replace("\\", "/").rpartition("/")[2].rpartition(".")[0]


def packaged_files() -> Iterator[RuleFile]:
    """The packaged rules, chapter by chapter."""
    root = rules_root()
    for chapter in CHAPTERS:
        folder = root / chapter
        if folder.is_dir():
            for entry in sorted(folder.iterdir(), key=lambda entry: entry.name):
                if entry.name.endswith(".yaml"):
                    yield RuleFile(
                        f"rules/{chapter}/{entry.name}", chapter, entry.read_text("utf-8"), packaged=True
                    )


def packaged_ids() -> list[str]:
    """The ids of the packaged rules, by the names of their files."""
    root = rules_root()
    return [
        entry.name.removesuffix(".yaml")
        for chapter in CHAPTERS
        if (root / chapter).is_dir()
        for entry in (root / chapter).iterdir()
        if entry.name.endswith(".yaml")
    ]


def team_files(path: Path) -> Iterator[RuleFile]:
    """The rules of a file or folder of the team's own. Raises MistakesError where it cannot be read."""
    if not path.exists():
        raise MistakesError([Mistake(str(path), None, "no such rule file or folder")])
    found = sorted({*path.rglob("*.yaml"), *path.rglob("*.yml")}) if path.is_dir() else [path]
    files = [file for file in found if file.parent != path / PROFILES and not _is_of_a_checkout(file, path)]
    if not found:
        raise MistakesError([Mistake(str(path), None, "no rule in this folder; rules are .yaml files")])
    mistakes = []
    for file in files:
        try:
            text = file.read_text("utf-8")
        except (OSError, UnicodeDecodeError) as error:
            mistakes.append(Mistake(str(file), None, f"cannot be read: {error}"))
        else:
            chapter = file.parent.name if file.parent.name in CHAPTERS else "house"
            yield RuleFile(str(file), chapter, text)
    if mistakes:
        raise MistakesError(mistakes)


def _is_of_a_checkout(file: Path, folder: Path) -> bool:
    """Whether a file is none of the rules, in a folder laid out as ours: a table of clauses, and chapters among other folders."""
    return (folder / _CLAUSES).is_file() and file.relative_to(folder).parts[0] not in CHAPTERS


def load_rules(
    files: Iterable[RuleFile],
    added: Mapping[str, tuple[str, ...]] | None = None,
    with_examples: bool | Collection[str] = True,
) -> list[Rule]:
    """Rules in the order of their files. `added` are terms by rule id that a configuration adds.

    Raises MistakesError with every mistake of every file. Examples may be left unread to start faster, or read
    only of the files with some paths.
    """
    mistakes: list[Mistake] = []
    rules: dict[str, Rule] = {}
    for file in files:
        try:
            wanted = with_examples if isinstance(with_examples, bool) else file.path in with_examples
            rule = _read_rule(file, (added or {}).get(file.stem, ()), wanted, mistakes)
        except MistakesError as error:
            mistakes += error.mistakes
            continue
        if rule and rule.id in rules:
            mistakes.append(Mistake(file.path, 1, f"the id `{rule.id}` is taken by {rules[rule.id].path}"))
        elif rule:
            rules[rule.id] = rule
    if mistakes:
        raise MistakesError(mistakes)
    return list(rules.values())


def _read_rule(
    file: RuleFile, added: tuple[str, ...], with_examples: bool, mistakes: list[Mistake]
) -> Rule | None:
    # A packaged rule's examples come last and are proved by the tests; half of the file need not be parsed.
    proved = file.packaged and not with_examples
    text = file.text.partition("\nexamples:")[0] if proved else file.text
    node = read_yaml(text, file.path)
    if not isinstance(node, YamlMapping):
        mistakes.append(Mistake(file.path, 1, "a rule is a group of keys: id, title, clause, why, …"))
        return None
    reader = CheckReader(file.stem, frozenset(packaged_lexicons()), added, trusted=proved)
    return rule_from(node, file, reader, with_examples, mistakes)


def rule_from(
    node: YamlMapping, file: RuleFile, reader: CheckReader, with_examples: bool, mistakes: list[Mistake]
) -> Rule | None:
    """The rule in a file's nodes; None, with what must be mended added to `mistakes`, where there is none."""
    before = len(mistakes)
    fields = Fields(node, file.path, mistakes)
    kind, check, look_back = _read_check(fields, reader)
    rule_id = read_id(fields, file)
    parts = {
        key: fields.text(key, required=True).strip() for key in ("title", "why", "suggestion", "false_alarms")
    }
    clause = fields.choice("clause", CLAUSES, required=True)
    level = fields.choice("level", LEVELS, "suggestion", required=True)
    status = fields.choice("status", STATUSES, "stable")
    where = read_where(fields)
    message = _read_message(fields)
    fix = read_fix(fields, parts["suggestion"])
    examples = _read_examples(fields, with_examples)
    if fix and look_back:
        fields.note(
            fields.line("fix"), f"`{kind}` looks back at other posts, so it offers no `fix` in this one"
        )
    fields.finish()
    if len(mistakes) > before or (check is None and look_back is None):
        return None
    return Rule(
        id=rule_id, clause=clause, chapter=file.chapter, level=LEVELS[level], status=status, where=where,
        kind=kind, check=check, look_back=look_back, words_only=_EVERY_KIND[kind].words_only, message=message, examples=examples,
        path=file.path, lexicons=frozenset(reader.used_lexicons), terms=reader.terms,
        takes_added=reader.takes_added, looks=reader.looks, calls_for=check.calls_for if check else (),
        fix=fix, changes=(), settled=False, **parts,
    )  # fmt: skip


def read_id(fields: Fields, file: RuleFile) -> str:
    """An id that is the file's name."""
    rule_id = fields.text("id", required=True)
    if rule_id and rule_id != file.stem:
        fields.note(
            fields.line("id"),
            f"the id is `{rule_id}`, the file is named `{file.stem}`; they must be the same",
        )
    if rule_id == UNREADABLE:
        fields.note(fields.line("id"), f"`{UNREADABLE}` is kept for what cannot be read")
    return rule_id


def _read_check(fields: Fields, reader: CheckReader) -> tuple[str, Check | None, LookBack | None]:
    group = fields.group("check", required=True)
    if group is None:
        return "", None, None
    kinds = [key for key in group.mapping.items if key in _EVERY_KIND]
    if len(group.mapping.items) != 1 or not kinds:
        for key, line in group.mapping.key_lines.items():
            if key not in _EVERY_KIND:
                hint = nearest(key, _EVERY_KIND) or f"; expected {listed(_EVERY_KIND)}"
                fields.note(line, f"`{key}` is no kind of check{hint}")
        if kinds or not group.mapping.items:
            fields.note(group.mapping.line, "`check` holds exactly one kind of check")
        return "", None, None
    options = group.group(kinds[0], required=True)
    if options is None:
        return kinds[0], None, None
    kind = kinds[0]
    check = KINDS[kind].read(options, reader) if kind in KINDS else None
    look_back = LOOK_BACKS[kind].read(options, reader) if kind in LOOK_BACKS else None
    options.finish()
    return kind, check, look_back


def read_where(fields: Fields) -> Where:
    """The contexts under `where`; every context where the key is absent."""
    group = fields.group("where")
    if group is None:
        return Where()
    words = group.number("words_at_least")
    values = {}
    for key in WHERE_KEYS:
        node = group.node(key)
        if node is not None and key in WHERE_VALUES:
            values[key] = group.choices(key, WHERE_VALUES[key])
        elif node is not None:
            items = node.items if isinstance(node, Sequence) else (node,)
            values[key] = tuple(item.text for item in items if isinstance(item, Scalar))
    group.finish()
    return Where(values, int(words or 0))


def _read_message(fields: Fields) -> str:
    message = fields.text("message", required=True).strip()
    if len(message) > MAX_MESSAGE:
        fields.note(
            fields.line("message"), f"the message has {len(message)} characters; at most {MAX_MESSAGE}"
        )
    return message


def _read_examples(fields: Fields, wanted: bool) -> Examples:
    if not wanted:
        fields.asked.add("examples")
        return Examples()
    group = fields.group("examples", required=True)
    if group is None:
        return Examples()
    bad, good = ([_read_example(entry, key) for entry in group.groups(key)] for key in ("bad", "good"))
    for key, found in (("bad", bad), ("good", good)):
        if not found:
            fields.note(group.mapping.line, f"`examples` needs at least one under `{key}`")
    first = bad[0] if bad else Example("", Context(), group.mapping.line)
    also, but_not = (tuple(_short_examples(group, key, first)) for key in ("also", "but_not"))
    group.finish()
    return Examples(tuple(bad), tuple(good), also, but_not)


def _short_examples(group: Fields, key: str, first: Example) -> Iterator[Example]:
    node = group.node(key)
    for item in () if node is None else node.items if isinstance(node, Sequence) else (node,):
        text = group.string(key, item)
        if text is not None:
            yield replace(first, text=text, line=item.line, flag=None)


def _read_example(fields: Fields, key: str) -> Example:
    for rest, node in fields.mapping.items.items():
        if (
            isinstance(node, Scalar) and node.kind == "null" and not node.text
        ):  # {text: Yes, but} has a key `but`
            fields.asked.add(rest)
            fields.note(
                fields.line(rest), f"in `{key}`, “{rest}” follows a comma; put a text with a comma in quotes"
            )
    text = fields.text("text", required=True)
    flag = None
    if key == "bad" and fields.node("flag"):
        flag = fields.strings("flag")
        for words in flag:
            if words not in " ".join(text.split()):
                fields.note(fields.line("flag"), f"`flag` names “{words}”, which does not stand in the text")
    group = fields.group("context")
    context = read_context(group) if group else Context()
    history = tuple(_read_earlier(entry, number) for number, entry in enumerate(fields.groups("history"), 1))
    rooms = read_rooms(fields)
    fields.finish()
    return Example(text, context, fields.mapping.line, flag, history, rooms)


def _read_earlier(fields: Fields, number: int) -> Post:
    """A post of an example's history: its text, and its context beside it."""
    text, post_id = fields.text("text", required=True), fields.text("id") or f"earlier {number}"
    return Post(post_id, text, Source("example", record=True), read_context(fields))


def relevel(rule: Rule, level: Level | None) -> Rule:
    """The rule at another level, which no profile changes any more."""
    return rule if level is None else replace(rule, level=level, settled=True)
