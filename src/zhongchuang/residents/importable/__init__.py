"""How what is written about residents stands in workbooks: the ones that a row means, and their stays."""
