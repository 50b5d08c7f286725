"""Charts as SVG: lines over time, ranked bars with limits, funnels, tile maps of regions.

Promise: the title of a chart says what was found; its description says what it shows. Every chart can be read in
print and without colour: series differ by dash and shape, values stand beside their marks, and what is not known is
drawn as not known, never as 0.
"""
