-- Text as Russian sets it, in all formats: quotation marks, and spaces at which a line may not end.

local MARKS = { DoubleQuote = { "«", "»" }, SingleQuote = { "„", "“" } }

local function quoted(el)
  local marks = MARKS[el.quotetype]
  el.content:insert(1, pandoc.Str(marks[1]))
  el.content:insert(pandoc.Str(marks[2]))
  return el.content
end

-- A dash, the number of a reference and a citation stay with the word before.
local function clings(el)
  return el.t == "Cite"
    or el.t == "Str" and (el.text == "–" or el.text == "—")
    or el.t == "Link" and el.classes:includes("quarto-xref")
    or el.t == "RawInline" and el.text:find("^#ref%(") ~= nil
end

local function bound(inlines)
  for at = 2, #inlines do
    local before = inlines[at - 1]
    if (before.t == "Space" or before.t == "SoftBreak") and clings(inlines[at]) then
      inlines[at - 1] = pandoc.Str("\u{a0}")
    end
  end
  return inlines
end

-- What Typst sets as another character, or as a list or a heading where it begins a line, a cell, a link.
local SHORTHAND = { "%.%.%.", "%-%-", "%-%?", "^%-%d", "^[-+/]$", "^=+$", "^%d+%.$" }

-- Accessible PDF knows no byte order mark; Unicode gives its place within a text to the word joiner.
local BYTE_ORDER, JOINER, SOFT_HYPHEN = "\u{feff}", "\u{2060}", "\u{ad}"

local function exact(el)
  if FORMAT ~= "typst" then
    return nil
  end
  -- A word may be divided only within itself: at the end of a link, a soft hyphen is an internal error of Typst.
  while el.text:sub(-#SOFT_HYPHEN) == SOFT_HYPHEN do
    el.text = el.text:sub(1, -#SOFT_HYPHEN - 1)
  end
  el.text = el.text:gsub(BYTE_ORDER, JOINER)
  for _, sign in ipairs(SHORTHAND) do
    if el.text:find(sign) then
      return pandoc.RawInline("typst", '#"' .. el.text:gsub('[\\"]', "\\%0") .. '";')
    end
  end
  return el
end

local function printable(el)
  if FORMAT == "typst" then
    el.text = el.text:gsub(BYTE_ORDER, JOINER)
    return el
  end
end

return { { Quoted = quoted }, { Inlines = bound }, { Str = exact, Code = printable, CodeBlock = printable } }
