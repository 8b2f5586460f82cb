"""What no page can be faster than: Streamlit and Plotly with nothing to compute."""
