-- postlint for Neovim 0.11 and later. It speaks only of drafts that have a .postlint.yaml in a folder above them.
vim.lsp.config('postlint', {
  cmd = { 'postlint', 'lsp' },
  filetypes = { 'markdown', 'text' },
  root_markers = { '.postlint.yaml' },
  workspace_required = true,
})
vim.lsp.enable('postlint')
