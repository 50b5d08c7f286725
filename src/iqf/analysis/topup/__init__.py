"""What is the least that takes a holding to a target, and is that proven?

A holding, what the target asks for and what could be taken in; the least-cost set, its proof, the next best different
answers and what each item is there for out. `answering` is where to begin.
"""
