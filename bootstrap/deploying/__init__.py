"""What is beside Zappa when a stage is deployed: before, in the package, and afterwards."""
