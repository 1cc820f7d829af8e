" What ALE shows of a draft, and the draft after :ALEFix, as JSON.
" Vim's columns: from 1, in bytes, the last one included.

function! s:Until(Holds) abort
  for l:_ in range(300)
    if a:Holds() | return | endif
    sleep 100m
  endfor
endfunction

function! s:Finding(item) abort
  return [a:item.lnum, a:item.col, get(a:item, 'end_lnum', a:item.lnum), a:item.end_col, get(a:item, 'code', ''), a:item.type]
endfunction

edit $DRAFT
let s:checked = 0
autocmd User ALELintPost let s:checked = 1
ALELint
call s:Until({-> s:checked && !ale#engine#IsCheckingBuffer(bufnr(''))})
let s:shown = {'findings': map(copy(ale#engine#GetLoclist(bufnr(''))), 's:Finding(v:val)')}

if !empty(s:shown.findings)
  let s:fixed = 0
  autocmd User ALEFixPost let s:fixed = 1
  ALEFix
  call s:Until({-> s:fixed})
endif
let s:shown.after = getline(1, '$')

call writefile([json_encode(s:shown)], $SHOWN)
qall!
