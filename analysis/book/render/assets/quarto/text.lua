-- Text as Russian prints it, in all formats: quotation marks, numbers of formulas in brackets.

local function quoted(el)
  local open, close = "«", "»"
  if el.quotetype == "SingleQuote" then
    open, close = "„", "“"
  end
  el.content:insert(1, pandoc.Str(open))
  el.content:insert(pandoc.Str(close))
  return el.content
end

local function formula(el)
  if el.classes:includes("quarto-xref") and el.target:find("^#eq%-") then
    el.content = { pandoc.Str((pandoc.utils.stringify(el.content):gsub("%d+$", "(%0)"))) }
    return el
  end
end

local function typst_formula(el)
  if el.format == "typst" then
    el.text = el.text:gsub("#ref%(<eq[^>]*>, supplement: %[%]%)", "(%0)")
    return el
  end
end

return { { Quoted = quoted, Link = formula, RawInline = typst_formula } }
