"""Who was met on a walk, in bounded memory: a Bloom filter that grows in layers.

It never calls a player new who was met. It may call a new player met, rarely while there is room,
so what it suspects has to be checked. See docs/standings.md for how much room rankings need.
"""

from __future__ import annotations

import zlib
from array import array
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import TypeAlias

BYTES_A_PLAYER = 2
MAX_BYTES = 64 * 2**20
"""What a walk's filter may take where nothing else is said: roomy up to 32 million players."""
FIRST_BYTES = 2**20

_WORD_BYTES = 8
_TIES = 10**9

# A player sets four bits of one 64-bit word, so that one look at the memory is enough. Two of them
# are had at once: 12 bits of a checksum name a pair.
_PAIRS = tuple(1 << (n & 63) | 1 << (n >> 6) for n in range(2**12))

Met = tuple[int, str]
"""A standing, and the key of the player who has it."""

Layer: TypeAlias = "array[int]"


class Seen:
    """The players met so far."""

    def __init__(self, players: int = 0, most_bytes: int = MAX_BYTES) -> None:
        """Make room for so many players; more are taken in layers of four times the size.

        Args:
            players: about how many are expected.
            most_bytes: the memory to stay within; once it is full, more and more is suspected.
        """
        self._most = most_bytes
        wanted = max(FIRST_BYTES, players * BYTES_A_PLAYER)
        self._layers = [_layer(min(wanted, most_bytes))]
        self._room = len(self._layers[0]) * _WORD_BYTES // BYTES_A_PLAYER

    @property
    def bytes_used(self) -> int:
        """How much memory the filter takes."""
        return sum(len(layer) for layer in self._layers) * _WORD_BYTES

    def suspects(self, rows: Sequence[Met]) -> list[int]:
        """Note who stands in rows; return the indexes of those who may have been met before."""
        if len(self._layers) == 1 and len(rows) <= self._room:
            found = _suspects_of_one(self._layers[0], rows)
        else:
            found = list(self._suspects_of_all(rows))
        self._room -= len(rows) - len(found)
        if self._room <= 0:
            self._grow()
        return found

    def state(self) -> tuple[int, list[bytes]]:
        """Return what a filter is made of again: the room left, and its layers."""
        return self._room, [layer.tobytes() for layer in self._layers]

    @classmethod
    def again(cls, room: int, layers: Iterable[bytes], most_bytes: int = MAX_BYTES) -> Seen:
        """Return the filter of a state."""
        filter_ = cls(0, most_bytes)
        filter_._layers = [array("Q", layer) for layer in layers]
        filter_._room = room
        return filter_

    def _suspects_of_all(self, rows: Sequence[Met]) -> Iterator[int]:
        *full, last = self._layers
        for index, (standing, player) in enumerate(rows):
            checksum = zlib.crc32(player.encode())
            mask = _PAIRS[checksum & 4095] | _PAIRS[checksum >> 12 & 4095]
            place = standing % _TIES ^ checksum
            if any(layer[place % len(layer)] & mask == mask for layer in chain(full, (last,))):
                yield index
            else:
                last[place % len(last)] |= mask

    def _grow(self) -> None:
        """Add a layer of four times the last one's size, as far as the memory goes."""
        left = self._most - self.bytes_used
        size = min(4 * len(self._layers[-1]) * _WORD_BYTES, left)
        if size >= FIRST_BYTES:
            self._layers.append(_layer(size))
            self._room = size // BYTES_A_PLAYER
        else:
            self._room = 2**63


def _suspects_of_one(layer: Layer, rows: Sequence[Met]) -> list[int]:
    """Do as `Seen.suspects` for one layer: most of what a walk does, so without a call a row."""
    found = []
    size, pairs, checksum_of = len(layer), _PAIRS, zlib.crc32
    for index, (standing, player) in enumerate(rows):
        checksum = checksum_of(player.encode())
        mask = pairs[checksum & 4095] | pairs[checksum >> 12 & 4095]
        # A standing ends in a digest of the player, the same in each of theirs.
        place = (standing % _TIES ^ checksum) % size
        word = layer[place]
        if word & mask == mask:
            found.append(index)
        else:
            layer[place] = word | mask
    return found


def _layer(size: int) -> Layer:
    return array("Q", bytes(size // _WORD_BYTES * _WORD_BYTES))
