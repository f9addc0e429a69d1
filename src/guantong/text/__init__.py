"""Chinese text: normalising, segmenting, numbers, amounts, dates, regions, indicators."""
