"""Models are learned and asked on one thread: the same answer on any number of cores, and no core waits for another.

Boosted trees on tables of our size are cut faster than threads meet: on a busy machine two threads that wait for each
other took seven times the processor time of one.
"""

import sklearn.ensemble  # noqa: F401 - what is made next knows only the libraries that are loaded by then
from threadpoolctl import ThreadpoolController

one_thread = ThreadpoolController().wrap(limits=1)
"""Decorates a function that learns or asks: within it every numerical library uses one thread."""
