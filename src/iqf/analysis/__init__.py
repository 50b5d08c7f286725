"""Pure arithmetic on plain records: no Django, no database, no network.

Promise: frozen dataclasses in, frozen dataclasses out; each module can be imported alone in a notebook.
"""
