-- postlint for Neovim 0.11 and later. It speaks only of drafts that have a .postlint.yaml in a folder above them,
-- and of that file and the team's own rules.
vim.lsp.config('postlint', {
  cmd = { 'postlint', 'lsp' },
  filetypes = { 'markdown', 'text', 'yaml' },
  root_markers = { '.postlint.yaml' },
  workspace_required = true,
})
vim.lsp.enable('postlint')
