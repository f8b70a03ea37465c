"""The night page, pairing and the write interface.

Plain routes beside Streamlit's, without a websocket.
"""
