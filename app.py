"""Kioku, see what a recurrent network remembers: `streamlit run app.py`."""

if __name__ == "__main__":  # a worker process that is spawned later imports this file under another name
    from pages._ui.shell import main

    main()
