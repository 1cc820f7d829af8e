-- postlint for Neovim 0.7 to 0.10. It speaks only of drafts that have a .postlint.yaml in a folder above them,
-- and of that file and the team's own rules.
local clients = {} -- one for each team's folder

local function start(opened)
  local name = vim.api.nvim_buf_get_name(opened.buf)
  local found = vim.fn.findfile('.postlint.yaml', vim.fn.escape(vim.fn.fnamemodify(name, ':p:h'), ' ,;\\') .. ';')
  if name == '' or found == '' then
    return
  end
  local folder = vim.fn.fnamemodify(found, ':p:h')
  if not clients[folder] or not vim.lsp.get_client_by_id(clients[folder]) then
    clients[folder] = vim.lsp.start_client({ name = 'postlint', cmd = { 'postlint', 'lsp' }, root_dir = folder })
  end
  if clients[folder] then
    vim.lsp.buf_attach_client(opened.buf, clients[folder])
  end
end

vim.api.nvim_create_autocmd('FileType', {
  group = vim.api.nvim_create_augroup('postlint', {}),
  pattern = { 'markdown', 'text', 'yaml' },
  callback = start,
})
