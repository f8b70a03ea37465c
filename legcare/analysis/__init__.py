"""Numbers: pure functions, frames in, frozen results out. No plotly, no Streamlit, no storage."""
