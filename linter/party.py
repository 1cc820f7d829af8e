"""The names of parties: a name of two words is one token everywhere, so that no party is dearer to speak of than another."""

from __future__ import annotations

from collections.abc import Sequence

_NAMES = (
    "labour|tory|tories|conservative|conservatives|lib dem|lib dems|libdem|libdems|liberal democrat|liberal democrats|"
    "green|greens|reform|reform uk|snp|plaid|plaid cymru|ukip|dup|sdlp|sinn fein|sinn féin|democrat|democrats|republican|"
    "republicans|gop"
).split("|")

NAMES_OF_TWO: dict[tuple[str, ...], str] = {
    tuple(name.split()): name.replace(" ", "_") for name in _NAMES if " " in name
}
"""The form of the one token that two words become ("lib_dems")."""
FIRST_OF_TWO = frozenset(first for first, _ in NAMES_OF_TWO)
PARTIES = frozenset(name.replace(" ", "_") for name in _NAMES)
"""The names as they are met among the forms of tokens."""
PARTY_STARTS = frozenset(name.split()[0] for name in _NAMES)
"""The words that a name may begin with, as it is written."""
ANY_PARTY = "{party}"
"""What a party's name becomes where it must not matter which party it is."""


def name_ends(forms: Sequence[str], first: int) -> int:
    """Where a party's name that begins at a token ends, the end exclusive, an article before it included; 0 if none does."""
    form = forms[first]
    if form == "the" and first + 1 < len(forms) and forms[first + 1] in PARTIES:
        return first + 2
    return first + 1 if form in PARTIES else 0
