"""The model of a programme: values that never change, as authors write them."""
