-- What the print formats need beyond Quarto: levels of chapters inside parts, notes to exhibits.

local FORMAT = quarto.doc.is_format("typst") and "typst" or "openxml"

-- «Приложение А» stands on a line of its own, as GOST 7.32 wants.
local function appendix(el)
  local mark = el.content[1]
  if mark and mark.t == "Str" and mark.text:find("^Приложение.*%.$") then
    local break_ = FORMAT == "typst" and pandoc.RawInline("typst", "#linebreak()") or pandoc.LineBreak()
    mark.text = mark.text:sub(1, -2)
    el.content[2] = break_
  end
  if FORMAT == "typst" then
    return { pandoc.RawBlock("typst", "#[#set heading(supplement: [appendix])"), el, pandoc.RawBlock("typst", "]") }
  end
  return el
end

-- A chapter inside a part stands one level lower than the part itself: GOST 7.32 gives a page to the part alone.
local function header(el)
  local state = quarto.doc.file_metadata()
  local file = state and state.file or {}
  if el.classes:includes("book-appendix") then
    return appendix(el)
  end
  if file.bookItemType == "part" then
    el.classes = el.classes:filter(function(class)
      return class ~= "unnumbered"
    end)
    return el
  elseif file.bookItemType == "chapter" and (file.bookItemDepth or 0) > 0 then
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

-- Blocks of their own look: the function of the template, the style of the Word file.
local STYLED = {
  ["exhibit-title"] = { call = "exhibit-title", word = "Exhibit Title" },
  ["exhibit-note"] = { call = "note", word = "Exhibit Note" },
  ["findings-key"] = { call = "findings-key", word = "Exhibit Note" },
  said = { word = "Finding" },
  spark = { word = "Exhibit Note" },
}

-- A finding of the first page: its sentence, and its spark beside it.
local function finding(el)
  local out = pandoc.List({ pandoc.RawBlock("typst", "#finding[") })
  out:extend(el.content[1].content)
  out:insert(pandoc.RawBlock("typst", "]["))
  out:extend(el.content[2].content)
  out:insert(pandoc.RawBlock("typst", "]"))
  return out
end

local function div(el)
  if el.classes:includes("quarto-book-part") then
    return el.content -- otherwise Quarto drops the headings of parts from Word files
  end
  if FORMAT == "typst" and el.classes:includes("finding") then
    return finding(el)
  end
  for class, style in pairs(STYLED) do
    if el.classes:includes(class) and (style.call or FORMAT ~= "typst") then
      if FORMAT == "typst" then
        el.content:insert(1, pandoc.RawBlock("typst", "#" .. style.call .. "["))
        el.content:insert(pandoc.RawBlock("typst", "]"))
        return el.content
      end
      el.attributes["custom-style"] = style.word
      return el
    end
  end
end

-- Paper has no files to follow a link into.
local function link(el)
  if not el.target:find(":") and not el.target:find("^#") then
    return el.content
  end
end

-- A number that is asked on a screen is plain on paper.
local function span(el)
  if el.attributes.q then
    return el.content
  end
end

local function bold(cell)
  cell.contents = cell.contents:map(function(block)
    if block.t == "Plain" or block.t == "Para" then
      block.content = { pandoc.Strong(block.content) }
    end
    return block
  end)
end

-- Numbers to the right; heads in the middle; heads and totals in bold, for print keeps no classes of rows.
local function row(el, head)
  for _, cell in ipairs(el.cells) do
    local side = cell.attr.classes:includes("num") and pandoc.AlignRight or pandoc.AlignLeft
    cell.alignment = head and pandoc.AlignCenter or side
    if head or el.attr.classes:includes("total") then
      bold(cell)
    end
  end
end

local function aligned(el)
  for _, one in ipairs(el.head.rows) do
    row(one, true)
  end
  for _, body in ipairs(el.bodies) do
    for _, one in ipairs(body.body) do
      row(one, false)
    end
  end
  return el
end

-- The later parts of a long table are headed «Продолжение таблицы N», as GOST 7.32 wants; the template knows when.
local function continued(float)
  if FORMAT ~= "typst" or not float.identifier:find("^tbl%-") then
    return nil
  end
  local call = pandoc.RawInline("typst", ('#continued(<%s>, "%s")'):format(float.identifier, float.order.order))
  local bare = pandoc.Attr("", {}, { ["typst:inset"] = "0pt", ["typst:stroke"] = "none" })
  float.content = quarto.utils.as_blocks(float.content):walk({
    Table = function(el)
      if #el.head.rows > 0 then
        local cell = pandoc.Cell({ pandoc.Plain({ call }) }, pandoc.AlignLeft, 1, #el.colspecs, bare)
        el.head.rows:insert(1, pandoc.Row({ cell }))
        return el
      end
    end,
  })
  return float
end

-- A formula is read aloud as its source: tagged PDF asks for words.
local function math(el)
  if FORMAT == "typst" then
    local source = el.text:gsub("[\\\"]", "\\%0"):gsub("%s+", " ")
    return { pandoc.RawInline("typst", '#described("' .. source .. '")['), el, pandoc.RawInline("typst", "]") }
  end
end

return {
  quarto.utils.combineFilters({
    quarto.utils.file_metadata_filter(),
    { Header = header, Div = div, Link = link, Span = span, Table = aligned, Meta = unreset },
  }),
  { FloatRefTarget = continued, Math = math },
}
