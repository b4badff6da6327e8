"""Quarterly returns of colleges on what their graduates do: read, checked, and listed to be sent back."""
