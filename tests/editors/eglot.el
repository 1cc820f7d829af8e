;;; What Emacs shows of a draft, and the draft after the quick fix whose title is TAKE, as JSON.  -*- lexical-binding: t; -*-
;; Lines from 1; columns from 0, in characters, the end excluded.

(require 'flymake)
(require 'json)

(defun driver-wait (holds)
  "Wait until HOLDS does, at most MILLISECONDS."
  (let ((end (+ (float-time) (/ (string-to-number (getenv "MILLISECONDS")) 1000.0))))
    (while (and (not (funcall holds)) (< (float-time) end))
      (sit-for 0.02)
      (accept-process-output nil 0.02))))

(defun driver-place (position)
  (list (line-number-at-pos position)
        (- position (save-excursion (goto-char position) (line-beginning-position)))))

(defun driver-finding (found)
  (vconcat (driver-place (flymake-diagnostic-beg found))
           (driver-place (flymake-diagnostic-end found))
           (list (symbol-name (flymake-diagnostic-type found)) (flymake-diagnostic-text found))))

(defun driver-found ()
  (sort (flymake-diagnostics)
        (lambda (one other) (< (flymake-diagnostic-beg one) (flymake-diagnostic-beg other)))))

(defun driver-take (found)
  "Take the quick fix asked for on FOUND; the titles of all that were offered."
  (let* (titles
         (before (buffer-chars-modified-tick))
         (last-nonmenu-event ?\r) ; asked by words, not in a menu
         (completing-read-function
          (lambda (_prompt actions &rest _)
            (setq titles (mapcar #'car actions))
            (getenv "TAKE"))))
    (goto-char (flymake-diagnostic-beg found))
    (eglot-code-actions (point) (flymake-diagnostic-end found) nil t)
    (driver-wait (lambda () (/= before (buffer-chars-modified-tick))))
    titles))

(defun driver-run ()
  (find-file (getenv "DRAFT"))
  (run-hooks 'post-command-hook)
  (driver-wait #'flymake-diagnostics)
  (let* ((found (driver-found))
         (findings (mapcar #'driver-finding found))
         (actions (and found (driver-take (car (last found))))))
    (let ((coding-system-for-write 'utf-8))
      (write-region
       (json-encode
        (list (cons 'findings (vconcat findings))
              (cons 'actions (vconcat actions))
              (cons 'after (vconcat (split-string (buffer-string) "\n")))))
       nil (getenv "SHOWN")))))

(driver-run)
