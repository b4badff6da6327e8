-- Quotation marks as Russian sets them, in all formats.

local MARKS = { DoubleQuote = { "«", "»" }, SingleQuote = { "„", "“" } }

local function quoted(el)
  local marks = MARKS[el.quotetype]
  el.content:insert(1, pandoc.Str(marks[1]))
  el.content:insert(pandoc.Str(marks[2]))
  return el.content
end

return { { Quoted = quoted } }
