# Builds, runs and checks Careledger; every command a user or the CI types is a target here.
.DEFAULT_GOAL := help
SHELL := /bin/bash
