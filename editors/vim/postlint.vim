" postlint for Vim and Neovim with ALE: findings while you write, :ALEFix mends what is safe.
" It speaks only of drafts that have a .postlint.yaml in a folder above them.

let s:levels = {'error': 'E', 'warning': 'W', 'suggestion': 'I'}

function! PostlintExecutable(buffer) abort
  let l:folder = fnamemodify(bufname(a:buffer), ':p:h')
  return empty(findfile('.postlint.yaml', escape(l:folder, ' ,;\') . ';')) ? '' : 'postlint'
endfunction

" postlint counts characters, Vim counts bytes
function! s:Bytes(buffer, line, characters) abort
  let l:text = get(getbufline(a:buffer, a:line), 0, '')
  let l:bytes = byteidxcomp(l:text, a:characters)
  return l:bytes < 0 ? strlen(l:text) : l:bytes
endfunction

function! PostlintFindings(buffer, lines) abort
  let l:items = []
  for l:line in filter(copy(a:lines), 'v:val =~# "^{"')
    let l:finding = json_decode(l:line)
    let l:column = s:Bytes(a:buffer, l:finding.line, l:finding.column - 1) + 1
    let l:last = s:Bytes(a:buffer, l:finding.end_line, l:finding.end_column - 1)
    call add(l:items, {
    \ 'lnum': l:finding.line,
    \ 'col': l:column,
    \ 'end_lnum': l:finding.end_line,
    \ 'end_col': l:finding.start == l:finding.end ? l:column : l:last,
    \ 'type': s:levels[l:finding.level],
    \ 'code': l:finding.rule,
    \ 'text': l:finding.message,
    \ 'detail': l:finding.message . "\n" . l:finding.suggestion,
    \})
  endfor
  return l:items
endfunction

function! PostlintFix(buffer) abort
  return empty(PostlintExecutable(a:buffer))
  \ ? 0
  \ : {'command': 'postlint check - --stdin-filename %s --fix --quiet --exit-zero'}
endfunction

for s:filetype in ['markdown', 'text']
  call ale#linter#Define(s:filetype, {
  \ 'name': 'postlint',
  \ 'executable': function('PostlintExecutable'),
  \ 'command': '%e check - --stdin-filename %s --format jsonl',
  \ 'callback': 'PostlintFindings',
  \})
endfor
call ale#fix#registry#Add('postlint', 'PostlintFix', ['markdown', 'text'], 'Mend what is safe in a post.')

" what a vimrc says of these two stays as it is
let s:ours = {'markdown': ['postlint'], 'text': ['postlint']}
let g:ale_linters = extend(get(g:, 'ale_linters', {}), s:ours, 'keep')
let g:ale_fixers = extend(get(g:, 'ale_fixers', {}), s:ours, 'keep')
