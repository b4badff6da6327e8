from pathlib import Path
def render_docx(book, work, path, config): return path
