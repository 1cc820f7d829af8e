-- What Neovim shows of a draft, and the draft after the quick fix whose title is TAKE, as JSON.
-- Neovim's columns: from 0, in bytes, the end excluded.

local shown = {}

local function wait_until(holds)
  vim.wait(tonumber(vim.env.MILLISECONDS), holds, 20)
end

local heard = false
local publish = vim.lsp.handlers['textDocument/publishDiagnostics']
vim.lsp.handlers['textDocument/publishDiagnostics'] = function(...)
  publish(...)
  heard = true
end

vim.cmd('edit ' .. vim.fn.fnameescape(vim.env.DRAFT))
wait_until(function() return heard or #vim.diagnostic.get(0) > 0 end)
local found = vim.diagnostic.get(0)
table.sort(found, function(one, other) return one.lnum * 10000 + one.col < other.lnum * 10000 + other.col end)
shown.findings = vim.tbl_map(function(one)
  return { one.lnum, one.col, one.end_lnum, one.end_col, one.code, one.severity }
end, found)

if #found > 0 then
  vim.ui.select = function(actions, options, take)
    shown.actions = vim.tbl_map(options.format_item, actions)
    for at, title in ipairs(shown.actions) do
      if title == vim.env.TAKE then
        take(actions[at], at)
      end
    end
  end
  vim.api.nvim_win_set_cursor(0, { found[#found].lnum + 1, found[#found].col })
  local before = vim.api.nvim_buf_get_changedtick(0)
  vim.lsp.buf.code_action()
  wait_until(function() return shown.actions ~= nil end)
  if vim.tbl_contains(shown.actions or {}, vim.env.TAKE) then
    wait_until(function() return vim.api.nvim_buf_get_changedtick(0) ~= before end)
  end
end
shown.after = vim.api.nvim_buf_get_lines(0, 0, -1, true)

vim.fn.writefile({ vim.fn.json_encode(shown) }, vim.env.SHOWN)
vim.cmd('qall!')
