-- Paper has no files to follow a link into: «data/rate.html#r66» is plain text there.
-- Before Quarto's own filters, which would make «#r66» of it, a place that the document does not have.

return {
  {
    Link = function(el)
      if el.target:find("^[^:#]*/") then
        return el.content
      end
    end,
  },
}
