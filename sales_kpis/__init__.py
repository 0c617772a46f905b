"""The Python around dbt: it starts builds and shows numbers, it computes none."""
