"""The researchers' desk: JupyterLab with the settings and the extension of this project."""
