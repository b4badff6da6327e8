"""What both renderers share: pandoc and its tree, dates, fonts, the Word file's styles, sections and last touches."""
