"""Who judged which unit against which statement: raters, batches, judgements, and how disagreements are settled.

Promise: every judgement is kept with its author, and none is a fact by itself. Raters of an open batch do not see
each other; reports read closed batches only. What raters agree on, or what a third settles, becomes an alignment of
the catalogue when the batch is accepted.
"""
