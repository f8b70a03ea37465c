"""The only package that imports Streamlit: frame, session, widgets, chart card."""
