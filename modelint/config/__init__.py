"""The configuration: `schema`, where it is found and read (`load`), which rules it selects (`select`), library `versions`."""
