"""What people may do: one writing method is one use case, one transaction, one journal entry."""
