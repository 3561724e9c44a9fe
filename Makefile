PYTHON ?= python3
PORT ?= 8000

help:  ## list these words
	@sed -n 's/^\([a-z]*\):.*## /\1\t/p' Makefile | expand -t 12

setup:  ## install and build all that running needs
	@$(PYTHON) dev.py setup

run:  ## start the site (PORT=8000)
	@$(PYTHON) dev.py run --port $(PORT)

test:  ## run the whole test suite
	@$(PYTHON) dev.py test

check:  ## run what is quick to check
	@$(PYTHON) dev.py check

faults:  ## kill, race and crowd it, on both databases
	@$(PYTHON) dev.py faults

bench:  ## measure against other engines
	@$(PYTHON) dev.py bench

messages:  ## bring the translations in step with the code
	@$(PYTHON) dev.py messages

lock:  ## write the locks of dependencies anew
	@$(PYTHON) dev.py lock

docs:  ## write the documents made from the code
	@$(PYTHON) dev.py docs

.PHONY: help setup run test check faults bench messages lock docs
