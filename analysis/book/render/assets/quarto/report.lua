-- What the print formats need beyond Quarto: levels of chapters inside parts, notes to exhibits, numbers set right.

-- A chapter inside a part stands one level lower than the part itself; appendices need no divider before them.
local function header(el)
  local state = quarto.doc.file_metadata()
  local file = state and state.file or {}
  if file.bookItemType == "appendix" and el.level == 1 then
    return {}
  end
  if file.bookItemType == "chapter" and not state.appendix and (file.bookItemDepth or 0) > 0 then
    el.level = el.level + 1
    return el
  end
end

-- Quarto starts figures and tables of a PDF anew with every chapter, by a rule put before the text.
local RESET = 'counter(figure.where(kind: "quarto-float-fig")).update(0)'

local function unreset(meta)
  local before = meta["include-before"]
  if pandoc.utils.type(before) ~= "List" then
    return nil
  end
  meta["include-before"] = before:map(function(blocks)
    return pandoc.Blocks(blocks):walk({
      RawBlock = function(raw)
        return raw.text:find(RESET, 1, true) and {} or nil
      end,
    })
  end)
  return meta
end

local function note(el)
  if el.classes:includes("quarto-book-part") then
    return el.content -- otherwise Quarto drops the headings of parts from Word files
  end
  if not el.classes:includes("exhibit-note") then
    return nil
  end
  if quarto.doc.is_format("typst") then
    el.content:insert(1, pandoc.RawBlock("typst", "#exhibit-note["))
    el.content:insert(pandoc.RawBlock("typst", "]"))
    return el.content
  end
  el.attributes["custom-style"] = "Exhibit Note"
  return el
end

local function align(rows, alignment, class)
  for _, row in ipairs(rows) do
    for _, cell in ipairs(row.cells) do
      if class == nil or cell.attr.classes:includes(class) then
        cell.alignment = alignment
      end
    end
  end
end

local function aligned(el)
  align(el.head.rows, pandoc.AlignCenter)
  for _, body in ipairs(el.bodies) do
    align(body.head, pandoc.AlignRight, "num")
    align(body.body, pandoc.AlignRight, "num")
  end
  return el
end

-- Quarto's book style for Typst puts a divider of its own before the appendices.
local function divider(raw)
  if raw.format == "typst" and raw.text:find("^#heading%(level: 1, numbering: none%)%[" .. quarto.doc.language["section-title-appendices"]) then
    return {}
  end
end

return {
  quarto.utils.combineFilters({
    quarto.utils.file_metadata_filter(),
    { Header = header, Div = note, Table = aligned, Meta = unreset },
  }),
  { RawBlock = divider },
}
