"""How much a file may be and need."""

MB = 2**20

LARGEST_FILE = 50 * MB
LONGEST_NAME = 240
"""Bytes of a name in UTF-8; file systems take 255."""

UNPACKED = 200 * MB
ENTRIES = 2000
RATIO = 100
RATIO_FROM = 1 * MB
"""Below this size an entry may pack as well as it likes."""

PIXELS = 50_000_000
THUMBNAIL = 320
PAGES = 5000

MEMORY = 256 * MB
MEMORY_FOR_IMAGES = 768 * MB
"""A picture of 50 megapixels is 200 MB when it is decoded, and turning it needs it twice."""

CPU_SECONDS = 20
WALL_SECONDS = 30
