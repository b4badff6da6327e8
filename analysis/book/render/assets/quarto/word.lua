-- Exhibits, references and turned pages as Word knows them, in the styles of the reference document.
-- Quarto itself wraps every figure and table into one more table, without alternative text and without fields.

local SECTION = '<w:p><w:pPr><w:pStyle w:val="SectionEnd"/><w:sectPr w:rsidR="%s"/></w:pPr></w:p>'
local FIELD = '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> %s </w:instrText></w:r>'
  .. '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>%s</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>'
local marks = 600000 -- pandoc counts its own bookmarks from a small number

local function xml(code)
  return pandoc.RawInline("openxml", code)
end

local function name(label, number)
  return ("_Ref_%s_%s"):format(label:match("^%a+"), number)
end

local function styled(style, blocks)
  return pandoc.Div(blocks, pandoc.Attr("", {}, { ["custom-style"] = style }))
end

local function caption(float, style)
  local kind, number = float.identifier:match("^%a+"), float.order.order
  local word = quarto.doc.language["crossref-" .. kind .. "-title"]
  marks = marks + 1
  local inlines = pandoc.Inlines({
    pandoc.Str(word .. "\u{a0}"),
    xml(('<w:bookmarkStart w:id="%d" w:name="%s"/>'):format(marks, name(float.identifier, number))),
    xml(FIELD:format("SEQ " .. word .. " \\* ARABIC", number)),
    xml(('<w:bookmarkEnd w:id="%d"/>'):format(marks)),
    pandoc.Str("\u{a0}–"),
    pandoc.Space(),
  })
  inlines:extend(quarto.utils.as_inlines(float.caption_long))
  return styled(style, { pandoc.Para({ pandoc.Span(inlines, pandoc.Attr(float.identifier)) }) })
end

local function described(image)
  image.caption = pandoc.Inlines(image.attributes["fig-alt"] or image.attributes["alt"] or image.caption)
  image.attributes = { width = image.attributes.width or "16.5cm" }
  return image
end

local function float(el)
  if not el.identifier:find("^fig%-") and not el.identifier:find("^tbl%-") then
    return nil
  end
  local content = quarto.utils.as_blocks(el.content):walk({ Image = described })
  if el.identifier:find("^tbl%-") then
    content:insert(1, caption(el, "Table Caption"))
    return content
  end
  return { styled("Figure", content), caption(el, "Image Caption") }
end

local function callout(el)
  local content = quarto.utils.as_blocks(el.content)
  content:insert(1, pandoc.Para({ pandoc.Strong(quarto.utils.as_inlines(el.title)) }))
  return styled("Callout", content)
end

local function link(el)
  local kind = el.classes:includes("quarto-xref") and el.target:match("^#(%a+)%-")
  local words, number = pandoc.utils.stringify(el.content):match("^(.-)(%d+)$")
  if not kind or not number then
    return nil
  end
  if kind == "eq" then
    el.content = { pandoc.Str(words .. "(" .. number .. ")") }
    return el
  end
  if kind == "fig" or kind == "tbl" then
    return { pandoc.Str(words), xml(FIELD:format("REF " .. name(el.target:sub(2), number) .. " \\h", number)) }
  end
end

local function turned(el)
  if el.classes:includes("landscape") then
    el.content:insert(1, pandoc.RawBlock("openxml", SECTION:format("0000000A")))
    el.content:insert(pandoc.RawBlock("openxml", SECTION:format("0000000B")))
    return el.content
  end
end

-- The place of something missing in a draft: pandoc highlights it in other formats.
local function lit(el)
  if el.classes:includes("gap") then
    local text = pandoc.utils.stringify(el.content):gsub("[&<>]", { ["&"] = "&amp;", ["<"] = "&lt;", [">"] = "&gt;" })
    return xml('<w:r><w:rPr><w:highlight w:val="yellow"/></w:rPr><w:t xml:space="preserve">' .. text .. "</w:t></w:r>")
  end
end

local function structural(el)
  if el.level > 1 or el.identifier == "" then
    return nil
  end
  for class, style in pairs({ unnumbered = "Structural Heading", ["book-appendix"] = "Appendix Heading" }) do
    if el.classes:includes(class) then
      return styled(style, { pandoc.Para({ pandoc.Span(el.content, pandoc.Attr(el.identifier)) }) })
    end
  end
end

return { { FloatRefTarget = float, Callout = callout, Link = link, Div = turned, Header = structural, Span = lit } }
