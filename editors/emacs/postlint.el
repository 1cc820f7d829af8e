;;; postlint.el --- Findings in drafts, through eglot  -*- lexical-binding: t; -*-
;; It speaks only of drafts that have a .postlint.yaml in a folder above them, and of that file and the team's rules.

(require 'eglot)

(defun postlint-project (folder)
  "The team's folder as a project, also where there is no repository."
  (let ((root (locate-dominating-file folder ".postlint.yaml")))
    (and root (cons 'postlint root))))

(cl-defmethod project-root ((project (head postlint)))
  (cdr project))

(defun postlint-start ()
  "Start the server for a file of the team's; others are left alone."
  (when (and (string-match-p "\\.\\(md\\|markdown\\|txt\\|yaml\\)\\'" buffer-file-name)
             (postlint-project default-directory))
    (when (eq major-mode 'fundamental-mode) ; what Emacs has for Markdown and YAML by itself
      (text-mode))
    (add-hook 'project-find-functions #'postlint-project nil t)
    (setq-local eglot-server-programs
                (cons (list major-mode "postlint" "lsp") eglot-server-programs))
    (eglot-ensure)))

(add-hook 'find-file-hook #'postlint-start)

(provide 'postlint)
;;; postlint.el ends here
