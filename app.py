"""Kioku, see what a recurrent network remembers: `streamlit run app.py`."""

# Streamlit imports this file once as "app" for the server, and runs it as "__main__" for each visitor. A worker process
# that is spawned later imports it under another name, and has nothing to do here.
if __name__ == "__main__":
    from pages._ui.shell import main

    main()
elif __name__ == "app":
    from starlette.middleware import Middleware
    from streamlit.starlette import App

    from pages._ui import head_start, live
    from pages._ui.classroom import phone
    from pages._ui.components import assets, modules
    from pages._ui.guard import Guard
    from pages._ui.opening import opened
    from pages._ui.visitor import Known

    routes = [*phone.routes(), live.route(), head_start.route(), modules.route(assets.modules)]
    app = App(__file__, routes=routes, middleware=[Middleware(Guard), Middleware(Known)], lifespan=opened)
