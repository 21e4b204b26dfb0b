"""The channels, and connecting one."""
