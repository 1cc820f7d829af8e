"""The editor's side: findings while one types, over the Language Server Protocol."""
